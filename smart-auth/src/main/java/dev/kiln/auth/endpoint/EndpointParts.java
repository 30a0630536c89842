package dev.kiln.auth.endpoint;

import dev.kiln.auth.assertion.ClientAssertionConverter;
import dev.kiln.auth.assertion.ClientAssertions;
import dev.kiln.auth.authorization.AuthorizeRequests;
import dev.kiln.auth.authorization.AuthorizeRules;
import dev.kiln.auth.authorization.ConsentRules;
import dev.kiln.auth.client.ClientSecrets;
import dev.kiln.auth.client.PublicClientConverter;
import dev.kiln.auth.client.PublicClientProvider;
import dev.kiln.auth.exchange.LaunchContextResponse;
import dev.kiln.auth.exchange.RefreshProvider;
import dev.kiln.auth.token.AccessTokenTable;

/** What this server puts in the place of parts of the library. */
record EndpointParts(
    String issuer,
    ClientAssertionConverter assertions,
    ClientAssertions assertionDecoders,
    ClientSecrets secrets,
    PublicClientConverter publicClients,
    PublicClientProvider publicClientProvider,
    AuthorizeRequests requests,
    AuthorizeRules authorizeRules,
    ConsentRules consentRules,
    RefreshProvider refresh,
    LaunchContextResponse context,
    IntrospectionProvider introspection,
    RevocationProvider revocation,
    UserInfoProvider userInfo,
    AccessTokenTable accessTokens,
    TrueMetadata metadata) {}
