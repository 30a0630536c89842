package dev.kiln.fhir.rest;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/**
 * Counts the bytes and the nesting of a body while it is read, and stops at either limit. A parser
 * that recurses into thousands of levels overflows its stack; no FHIR resource needs more than a
 * few dozen.
 */
final class MeasuredBody extends FilterInputStream {

  static final int DEEPEST = 150;

  private final DataSize largest;
  private long bytes;
  private int depth;
  private boolean xml;
  private byte previous;
  private boolean started;
  private boolean inString;
  private boolean escaped;
  private boolean finished;

  MeasuredBody(InputStream in, DataSize largest) {
    super(in);
    this.largest = largest;
  }

  boolean isFinished() {
    return finished;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws PayloadTooLargeException past the largest size
   * @throws InvalidRequestException past the deepest nesting
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count < 0) {
      finished = true;
      return count;
    }
    bytes += count;
    if (bytes > largest.toBytes()) {
      throw new PayloadTooLargeException(
          "The request body is larger than "
              + largest.toBytes()
              + " bytes (kiln.fhir.max-request-size)");
    }
    for (int i = offset; i < offset + count; i++) {
      follow(into[i]);
    }
    if (depth > DEEPEST) {
      throw new InvalidRequestException(
          "The request body is nested deeper than " + DEEPEST + " levels");
    }
    return count;
  }

  private void follow(byte character) {
    if (!started && character > ' ') {
      started = true;
      xml = character == '<';
    }
    if (depth > DEEPEST) {
      return;
    }
    if (xml) {
      followXml(character);
    } else {
      followJson(character);
    }
    previous = character;
  }

  private void followJson(byte character) {
    if (inString) {
      inString = escaped || character != '"';
      escaped = !escaped && character == '\\';
    } else if (character == '"') {
      inString = true;
    } else if (character == '{' || character == '[') {
      depth++;
    } else if (character == '}' || character == ']') {
      depth--;
    }
  }

  /**
   * An opening bracket cannot stand inside of an attribute's value, so that tags can be counted by
   * their first letters.
   */
  private void followXml(byte character) {
    if (previous == '<' && character == '/') {
      depth--;
    } else if (previous == '<' && character != '!' && character != '?') {
      depth++;
    } else if (previous == '/' && character == '>') {
      depth--;
    }
  }
}
