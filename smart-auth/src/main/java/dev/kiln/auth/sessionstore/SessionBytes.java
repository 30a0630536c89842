package dev.kiln.auth.sessionstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads what a session remembers. Only the few kinds of objects that are put there are let in, and
 * what cannot be read, for example since an older Spring wrote it, is forgotten: the person signs
 * in again.
 */
final class SessionBytes implements Converter<byte[], Object> {

  private static final ObjectInputFilter ALLOWED =
      ObjectInputFilter.Config.createFilter(
          "maxdepth=30;maxrefs=5000;maxbytes=200000;dev.kiln.auth.**;org.springframework.security.**;"
              + "org.springframework.web.servlet.FlashMap;org.springframework.util.LinkedMultiValueMap;"
              + "org.springframework.util.MultiValueMapAdapter;"
              + "java.lang.*;java.time.*;java.util.*;java.util.concurrent.*;!*");

  @Override
  public Object convert(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(ALLOWED);
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      return null;
    }
  }
}
