package dev.kiln.auth.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Launch context as it is kept: plain JSON, read into plain maps and lists, so that no type name
 * stands in the database and nothing but data can come out of it.
 */
public final class ContextJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private ContextJson() {}

  public static String write(Map<String, Object> context) {
    try {
      return JSON.writeValueAsString(context);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The launch context is no JSON", e);
    }
  }

  public static Map<String, Object> read(String text) {
    try {
      return JSON.readValue(text, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A launch context in the database cannot be read", e);
    }
  }
}
