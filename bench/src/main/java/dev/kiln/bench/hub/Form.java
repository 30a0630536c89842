package dev.kiln.bench.hub;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is sent to the endpoints and pages of sign-in. */
public record Form(List<Field> fields) {

  /** A name may come several times. */
  public record Field(String name, String value) {

    private String encoded() {
      return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  public Form {
    fields = List.copyOf(fields);
  }

  /** Names and values in turn. */
  public static Form of(String... fields) {
    return new Form(List.of()).and(fields);
  }

  /** The same with further names and values. */
  public Form and(String... more) {
    List<Field> all = new ArrayList<>(fields);
    for (int i = 0; i < more.length; i += 2) {
      all.add(new Field(more[i], more[i + 1]));
    }
    return new Form(all);
  }

  /** The client proves itself by an assertion (RFC 7523, section 2.2). */
  public Form with(String assertion) {
    return and(
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        assertion);
  }

  public HttpRequest.Builder post(HttpRequest.Builder request) {
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(encoded()));
  }

  /** As it stands in a body or behind a question mark. */
  public String encoded() {
    return fields.stream().map(Field::encoded).collect(Collectors.joining("&"));
  }
}
