package dev.kiln.routes.edge.file;

import java.io.Closeable;
import java.io.IOException;

/** Where a listener's folder lies, and how it is reached. */
interface Place {

  /** As it is called in metrics and settings: file or sftp. */
  String kind();

  /** For people; without the name of a user. */
  String address();

  /** Milliseconds from one look to the next. */
  long look();

  /**
   * Sees whether the folder may be used before anything is taken from it.
   *
   * @throws dev.kiln.routes.settings.RoutesSettings.WrongListener where a setting is wrong; one
   *     where another machine is only away is not
   */
  void check();

  /**
   * Goes there, and makes the folders that are missing.
   *
   * @throws Unreachable where it is known why that is not possible
   */
  Reached reach() throws IOException;

  /**
   * @param connection what must be closed when the folder is not used any more
   */
  record Reached(DropFolder folder, Closeable connection) implements Closeable {

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** Says in one sentence what keeps the folder from being used. */
  final class Unreachable extends IOException {

    Unreachable(String sentence, Exception cause) {
      super(sentence, cause);
    }
  }
}
