package dev.kiln.operator;

import dev.kiln.auth.key.SigningKeys;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./kiln rotate-key} asks of the running hub: {@code POST
 * /operator/signing-key/rotate}. Answers with 204; tokens that the former key signed live on.
 */
@RestController
class SigningKeyRequest {

  private final SigningKeys keys;

  SigningKeyRequest(SigningKeys keys) {
    this.keys = keys;
  }

  @PostMapping("/operator/signing-key/rotate")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rotate() {
    keys.rotate();
  }
}
