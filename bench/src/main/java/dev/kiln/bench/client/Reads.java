package dev.kiln.bench.client;

import dev.kiln.bench.hub.Api;
import dev.kiln.bench.load.Client;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;

/** Patients that are read one by one, with a token. */
public record Reads(Api hub, String token) {

  private static final String READ = "\"resourceType\":\"Patient\"";

  /**
   * So many clients that read them in all.
   *
   * @param paths each is read once
   * @param header a further one of each request, name and value
   */
  public List<Client> of(int clients, List<String> paths, String... header) {
    List<HttpRequest> requests =
        paths.stream()
            .map(path -> hub.request(path).header("Authorization", "Bearer " + token))
            .map(request -> request.headers(header).build())
            .toList();
    return Collections.nCopies(clients, new Prepared(requests, READ));
  }
}
