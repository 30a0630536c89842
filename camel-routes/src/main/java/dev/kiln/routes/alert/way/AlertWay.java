package dev.kiln.routes.alert.way;

import java.io.IOException;

/** One way on which people are told. */
public interface AlertWay {

  /** The same one at each start, since what is to be delivered is kept by it. */
  String name();

  /** As a label of metrics, where no address belongs. */
  String kind();

  /**
   * @throws IOException where it has not arrived, and is to be tried again
   * @throws RuntimeException likewise
   */
  void tell(Notice notice) throws IOException, InterruptedException;
}
