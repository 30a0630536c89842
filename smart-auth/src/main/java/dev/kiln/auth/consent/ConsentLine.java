package dev.kiln.auth.consent;

import java.util.List;

/**
 * One tick of the consent page.
 *
 * @param id names it on the page
 * @param scope that it stands for
 * @param what message of what it is about
 * @param type resource type, for what no message is about
 * @param actions messages of what the app could do
 * @param only messages of the conditions that already narrow it
 * @param parts what it can be narrowed to
 */
public record ConsentLine(
    String id,
    String scope,
    String what,
    String type,
    List<String> actions,
    List<String> only,
    List<Part> parts) {

  /** A part of what a scope allows, that can be allowed instead of it. */
  public record Part(String id, String scope, String what) {}
}
