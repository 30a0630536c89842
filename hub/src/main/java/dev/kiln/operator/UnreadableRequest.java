package dev.kiln.operator;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers what the operator has written wrong, with 400 and {@code error}. */
@RestControllerAdvice(basePackageClasses = UnreadableRequest.class)
class UnreadableRequest {

  /** Names the member and repeats no value: it may be a password. */
  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  Map<String, String> answer(HttpMessageNotReadableException e) {
    if (e.getCause() instanceof JsonMappingException wrong && !wrong.getPath().isEmpty()) {
      return Map.of("error", wrong.getPath().get(0).getFieldName() + " has not the right type.");
    }
    return Map.of("error", "This is not JSON.");
  }
}
