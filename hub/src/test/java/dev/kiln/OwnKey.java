package dev.kiln;

import java.io.IOException;
import java.nio.file.Path;

/** A private key with a certificate for this machine, good for two days, as keytool makes it. */
public final class OwnKey {

  public static final String PASSWORD = "changeit-1";

  private OwnKey() {}

  /**
   * @param file PKCS#12, opened by {@link #PASSWORD}
   */
  public static Path in(Path file) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kiln",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2")
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("keytool made no key");
    }
    return file;
  }
}
