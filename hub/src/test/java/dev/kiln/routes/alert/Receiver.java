package dev.kiln.routes.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that alerts are posted to, which answers as it is told. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> posts = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      posts.add(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
  }

  void answer(int code) {
    status = code;
  }

  /** What has come since this was asked for the last time. */
  List<JsonNode> taken() {
    List<JsonNode> taken = List.copyOf(posts);
    posts.clear();
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
