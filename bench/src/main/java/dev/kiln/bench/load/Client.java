package dev.kiln.bench.load;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One who asks, waits for the answer, and asks again. */
public interface Client {

  /** What it asks next; made beforehand as far as can be, since its making is not measured. */
  HttpRequest next();

  /** Whether that is an answer to it. */
  boolean takes(HttpResponse<String> answer);
}
