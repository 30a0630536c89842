package dev.kiln.routes.edge.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * HL7 over HTTP as HAPI's specification describes it: a message is posted and its acknowledgement
 * is the answer. Who may send has been decided before.
 */
final class Hl7OverHttpServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final MimeType HL7 = MimeType.valueOf(HttpAnswer.HL7);

  private final transient Map<String, HttpListener> listeners;

  Hl7OverHttpServlet(Map<String, HttpListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpAnswer answer = answer(request);
    response.setStatus(answer.status());
    // An acknowledgement can name the patient's visit, and belongs to this request alone.
    response.setHeader("Cache-Control", "no-store");
    if (answer.retry()) {
      response.setHeader("Retry-After", "5");
    }
    if (answer.status() == HttpAnswer.TOO_LARGE || answer.status() == 408) {
      // What the sender may still be sending must not be taken for another request.
      response.setHeader("Connection", "close");
    }
    if (answer.body().length > 0) {
      response.setContentType(answer.type());
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  private HttpAnswer answer(HttpServletRequest request) throws IOException {
    String path = String.valueOf(request.getPathInfo());
    HttpListener listener = listeners.get(path.substring(Math.min(1, path.length())));
    if (listener == null) {
      return HttpAnswer.plain(404, "There is no listener for HTTP of that name.");
    }
    String packed = request.getHeader("Content-Encoding");
    if (packed != null && !packed.toLowerCase(Locale.ROOT).equals("identity")) {
      return HttpAnswer.plain(415, "Content-Encoding must be identity.");
    }
    Charset declared;
    try {
      MimeType type = MimeTypeUtils.parseMimeType(request.getContentType());
      if (!type.equalsTypeAndSubtype(HL7)) {
        return wrongType();
      }
      declared = type.getCharset();
    } catch (IllegalArgumentException e) {
      // Also of a character set that Java does not know.
      return wrongType();
    }
    return listener.answer(request.getInputStream(), declared);
  }

  private static HttpAnswer wrongType() {
    return HttpAnswer.plain(
        415, "Content-Type must be " + HttpAnswer.HL7 + ", with a known charset or without any.");
  }
}
