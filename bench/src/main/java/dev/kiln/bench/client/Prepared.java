package dev.kiln.bench.client;

import dev.kiln.bench.load.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that are ready, for one client or for several that share them. */
final class Prepared implements Client {

  private final List<HttpRequest> requests;
  private final String wanted;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param wanted what stands in each answer that is one
   */
  Prepared(List<HttpRequest> requests, String wanted) {
    this.requests = requests;
    this.wanted = wanted;
  }

  @Override
  public HttpRequest next() {
    return requests.get(next.getAndIncrement());
  }

  @Override
  public boolean takes(HttpResponse<String> answer) {
    return answer.statusCode() == 200 && answer.body().contains(wanted);
  }
}
