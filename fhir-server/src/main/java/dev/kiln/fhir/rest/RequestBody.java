package dev.kiln.fhir.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands the servlet a request body that cannot exhaust the server: unpacked when it came gzipped,
 * and measured while it is read. HAPI would unpack it without a limit, so that a small bomb fills
 * the memory.
 */
public final class RequestBody extends OncePerRequestFilter {

  private final DataSize largest;

  public RequestBody(DataSize largest) {
    this.largest = largest;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new Measured(request), response);
  }

  private final class Measured extends HttpServletRequestWrapper {

    private ServletInputStream body;

    Measured(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        InputStream raw = super.getInputStream();
        boolean packed = "gzip".equalsIgnoreCase(getHeader("Content-Encoding"));
        body = new Stream(new MeasuredBody(packed ? new GZIPInputStream(raw) : raw, largest));
      }
      return body;
    }
  }

  /** The servlet's face of a stream that is always read blocking. */
  private static final class Stream extends ServletInputStream {

    private final MeasuredBody body;

    Stream(MeasuredBody body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      return body.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return body.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The FHIR servlet reads its requests blocking");
    }
  }
}
