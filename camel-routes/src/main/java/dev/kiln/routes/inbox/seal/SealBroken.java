package dev.kiln.routes.inbox.seal;

/** Sealed bytes that cannot be opened: their key is lost, or somebody has changed them. */
public final class SealBroken extends IllegalStateException {

  SealBroken(String sentence) {
    super(sentence);
  }
}
