package dev.kiln.auth.endpoint;

import dev.kiln.auth.token.AccessToken;
import dev.kiln.auth.token.AccessTokenTable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Takes a bearer token only while it is alive; a good signature alone is not enough. */
record LiveTokenDecoder(AccessTokenTable accessTokens) implements JwtDecoder {

  @Override
  public Jwt decode(String token) {
    AccessToken live =
        accessTokens
            .live(token)
            .orElseThrow(() -> new BadJwtException("The access token is not alive"));
    return Jwt.withTokenValue(token)
        .header("alg", "RS256")
        .subject(live.subject())
        .issuedAt(live.issued())
        .expiresAt(live.expires())
        .build();
  }
}
