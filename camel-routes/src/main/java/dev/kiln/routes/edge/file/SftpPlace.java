package dev.kiln.routes.edge.file;

import dev.kiln.routes.settings.SftpSettings;
import dev.kiln.routes.settings.WrongListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.fs.SftpFileSystem;

/**
 * A folder on a partner's SFTP server. Its connection stays open from one look to the next; when it
 * is lost, whoever looks comes back for another.
 */
final class SftpPlace implements Place {

  private final String name;
  private final SftpSettings settings;

  SftpPlace(String name, SftpSettings settings) {
    this.name = name;
    this.settings = settings;
  }

  @Override
  public String kind() {
    return "sftp";
  }

  @Override
  public String address() {
    return "sftp://%s:%d/%s"
        .formatted(settings.host(), settings.port(), settings.folder().replaceFirst("^/", ""));
  }

  @Override
  public long look() {
    return settings.poll().toMillis();
  }

  @Override
  public void check() {
    keys();
    password();
    if (!Files.isReadable(settings.knownHosts())) {
      throw wrong("known-hosts", "cannot be read");
    }
  }

  private List<KeyPair> keys() {
    if (settings.keyFile() == null) {
      return List.of();
    }
    List<KeyPair> keys = new ArrayList<>();
    try {
      Iterable<KeyPair> read =
          SecurityUtils.loadKeyPairIdentities(
              null,
              settings.keyFile()::toString,
              Files.newInputStream(settings.keyFile()),
              FilePasswordProvider.EMPTY);
      if (read != null) {
        read.forEach(keys::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw wrong("key-file", "holds no private key that can be read without a passphrase");
    }
    if (keys.isEmpty()) {
      throw wrong("key-file", "holds no private key");
    }
    return keys;
  }

  /** Without the end of its line, which editors add. */
  private String password() {
    if (settings.passwordFile() == null) {
      return null;
    }
    try {
      return Files.readString(settings.passwordFile(), StandardCharsets.UTF_8)
          .replaceFirst("\\R$", "");
    } catch (IOException e) {
      throw wrong("password-file", "cannot be read");
    }
  }

  private WrongListener wrong(String setting, String what) {
    return new WrongListener("kiln.routes.sftp." + name + "." + setting + " " + what + ".");
  }

  @Override
  public Reached reach() throws IOException {
    HostKeys hostKeys = new HostKeys(settings.knownHosts());
    SshClient client = client(hostKeys);
    ClientSession session = null;
    try {
      client.start();
      session = connect(client);
      signIn(session, hostKeys);
      return reached(client, session);
    } catch (IOException | RuntimeException e) {
      closeAll(client, session);
      throw e;
    }
  }

  /** Nothing of the account that the hub runs as, its keys above all, is shown to a partner. */
  private SshClient client(HostKeys hostKeys) {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(hostKeys);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    Duration timeout = settings.timeout();
    // By this the library also limits how long an answer may take, hence the sign of life.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, timeout);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, timeout.dividedBy(4));
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
    SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, timeout);
    return client;
  }

  private ClientSession connect(SshClient client) throws Unreachable {
    try {
      return client
          .connect(settings.user(), settings.host(), settings.port())
          .verify(settings.timeout())
          .getSession();
    } catch (IOException | RuntimeException e) {
      throw new Unreachable(noServer(), e);
    }
  }

  private void signIn(ClientSession session, HostKeys hostKeys) throws Unreachable {
    keys().forEach(session::addPublicKeyIdentity);
    String password = password();
    if (password != null) {
      session.addPasswordIdentity(password);
    }
    try {
      session.auth().verify(settings.timeout());
    } catch (IOException | RuntimeException e) {
      throw new Unreachable(notLetIn(hostKeys), e);
    }
  }

  private String notLetIn(HostKeys hostKeys) {
    return switch (hostKeys.verdict()) {
      case UNSEEN -> noServer();
      case REFUSED ->
          "The key of "
              + server()
              + " is not the one in kiln.routes.sftp."
              + name
              + ".known-hosts, and nothing was sent there.";
      case KNOWN -> server() + " does not let the user of kiln.routes.sftp." + name + " in.";
    };
  }

  private String noServer() {
    return "No SFTP server answers at " + server() + ".";
  }

  /** The folder itself is the partner's to make: one that is not there has a wrong name. */
  private Reached reached(SshClient client, ClientSession session) throws IOException {
    SftpFileSystem files = SftpClientFactory.instance().createSftpFileSystem(session);
    Path place = files.getDefaultDir().resolve(settings.folder()).normalize();
    if (!Files.isDirectory(place)) {
      throw new Unreachable(folder("is no folder"), null);
    }
    DropFolder folder = DropFolder.there(place, settings.quiet());
    try {
      folder.prepare();
    } catch (IOException | RuntimeException e) {
      throw new Unreachable(folder("cannot be written"), e);
    }
    return new Reached(folder, () -> closeAll(client, session));
  }

  private String folder(String what) {
    return "kiln.routes.sftp." + name + ".folder " + what + " at " + server() + ".";
  }

  private String server() {
    return settings.host() + ":" + settings.port();
  }

  /** At once: what is under way is lost already, or will be found again. */
  private static void closeAll(SshClient client, ClientSession session) {
    if (session != null) {
      session.close(true);
    }
    client.close(true);
  }
}
