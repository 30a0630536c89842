package dev.kiln.access.smart;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kiln.Http;
import dev.kiln.RunningHub;
import java.text.ParseException;
import java.util.Set;
import java.util.TreeSet;

/** What a launch or a refresh has brought an app. */
public record Token(JsonNode answer) {

  public String text(String name) {
    return answer.path(name).asText();
  }

  public Set<String> scopes() {
    return new TreeSet<>(Set.of(text("scope").split(" ")));
  }

  /** The app, as it calls the hub. */
  public Http http() {
    return new Http(RunningHub.get().base(), () -> text("access_token"));
  }

  JWTClaimsSet idToken() {
    try {
      return SignedJWT.parse(text("id_token")).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key that has signed the access token. */
  String keyId() {
    try {
      return SignedJWT.parse(text("access_token")).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
