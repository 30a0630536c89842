package dev.kiln.auth.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves one document at one path to everybody. A filter and not a controller, since the path of
 * the FHIR base belongs to another servlet, which would look for a resource of that name.
 */
final class PublicDocument extends OncePerRequestFilter {

  private final byte[] json;

  PublicDocument(Map<String, Object> document) {
    try {
      this.json = new ObjectMapper().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The document is no JSON", e);
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(json.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(json);
    }
  }
}
