package dev.kiln.ops;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers for every failure that a servlet or filter leaves to the container: a page where a person
 * looks at pages, an OperationOutcome everywhere else.
 */
@Controller
final class ErrorPage implements ErrorController {

  private static final MediaType FHIR_JSON =
      MediaType.parseMediaType("application/fhir+json;charset=UTF-8");

  /** What the authorization endpoint says of a request that it can send back to nobody. */
  private static final Pattern PARAMETER =
      Pattern.compile("OAuth 2\\.0 Parameter: (client_id|redirect_uri)");

  @RequestMapping("/error")
  Object answer(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer given ? given : 404;
    if (isOfAPerson(request)) {
      ModelAndView page = new ModelAndView("error");
      page.setStatus(HttpStatusCode.valueOf(code));
      page.addObject("status", code);
      Matcher parameter =
          PARAMETER.matcher(String.valueOf(request.getAttribute(RequestDispatcher.ERROR_MESSAGE)));
      page.addObject("parameter", parameter.find() ? parameter.group(1) : null);
      return page;
    }
    Object reference = request.getAttribute("dev.kiln.fhir.rest.RequestId");
    return ResponseEntity.status(code)
        .contentType(FHIR_JSON)
        .body(ErrorOutcome.json(code, reference == null ? null : reference.toString()));
  }

  /** Also a browser that looks at the FHIR API is told of its errors in FHIR's form. */
  private static boolean isOfAPerson(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    return accept != null
        && accept.contains("text/html")
        && !path.equals("/fhir")
        && !path.startsWith("/fhir/");
  }
}
