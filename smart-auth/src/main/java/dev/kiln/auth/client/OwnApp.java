package dev.kiln.auth.client;

import java.util.List;

/**
 * An app that is a part of this server: whoever may use the server need not be asked whether the
 * app may act for them.
 *
 * @param clientId under which it is registered
 * @param path of its page, for example {@code /apps/admin/}; people are sent back there
 * @param isLaunched whether it may also be opened out of a record
 * @param scopes the most that it may ask for
 */
public record OwnApp(
    String clientId, String name, String path, boolean isLaunched, List<String> scopes) {

  public OwnApp {
    scopes = List.copyOf(scopes);
  }
}
