package dev.kiln.ops;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for every failure that a servlet or filter leaves to the container. */
@RestController
final class ErrorPage implements ErrorController {

  private static final MediaType FHIR_JSON =
      MediaType.parseMediaType("application/fhir+json;charset=UTF-8");

  @RequestMapping("/error")
  ResponseEntity<String> answer(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer given ? given : 404;
    Object reference = request.getAttribute("dev.kiln.fhir.rest.RequestId");
    return ResponseEntity.status(code)
        .contentType(FHIR_JSON)
        .body(ErrorOutcome.json(code, reference == null ? null : reference.toString()));
  }
}
