package dev.kiln.routes.edge.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** A partner's SFTP server on a folder, with one user who signs in with a key or a password. */
final class SftpServer implements AutoCloseable {

  static final String USER = "kiln";
  static final String PASSWORD = "clay and fire";

  private final Path home;
  private final KeyPair users;
  private KeyPair own;
  private SshServer server;
  private int port;
  private volatile CountDownLatch disk = new CountDownLatch(0);

  SftpServer(Path home) throws IOException, GeneralSecurityException {
    this.home = home;
    this.own = hostKey();
    this.users = pair("RSA", 2048);
    start();
  }

  static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  /** Of the kind that most servers have. */
  private static KeyPair hostKey() throws GeneralSecurityException {
    return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
  }

  /** At the port that it had before. */
  void start() throws IOException {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(List.of(own)));
    server.setPublickeyAuthenticator((user, key, session) -> user.equals(USER) && isUsers(key));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    SftpSubsystemFactory sftp = new SftpSubsystemFactory();
    sftp.setFileSystemAccessor(new Disk());
    server.setSubsystemFactories(List.of(sftp));
    server.setFileSystemFactory(new VirtualFileSystemFactory(home));
    server.start();
    port = server.getPort();
  }

  private boolean isUsers(PublicKey key) {
    return KeyUtils.compareKeys(key, users.getPublic());
  }

  /** Cuts everybody off. */
  void stop() throws IOException {
    server.stop(true);
  }

  /** Lists no folder until the latch is opened; all else goes on. */
  CountDownLatch hang() {
    disk = new CountDownLatch(1);
    return disk;
  }

  private final class Disk implements SftpFileSystemAccessor {

    @Override
    public DirectoryStream<Path> openDirectory(
        SftpSubsystemProxy subsystem,
        DirectoryHandle handle,
        Path folder,
        String name,
        LinkOption... options)
        throws IOException {
      try {
        disk.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      return SftpFileSystemAccessor.super.openDirectory(subsystem, handle, folder, name, options);
    }
  }

  /** As another machine that has taken its place would show. */
  void changeKey() throws GeneralSecurityException {
    own = hostKey();
  }

  int port() {
    return port;
  }

  /** As OpenSSH writes it. */
  Path knownHosts(Path file) throws IOException {
    StringBuilder line = new StringBuilder("[127.0.0.1]:" + port + " ");
    PublicKeyEntry.appendPublicKeyEntry(line, own.getPublic());
    return Files.writeString(file, line.append("\n"), StandardCharsets.US_ASCII);
  }

  /** The user's private key. */
  Path key(Path file) throws IOException, GeneralSecurityException {
    write(users, file);
    return file;
  }

  static void write(KeyPair pair, Path file) throws IOException, GeneralSecurityException {
    try (var out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "", null, out);
    }
  }

  Set<String> sessions() {
    return server.getActiveSessions().stream()
        .map(session -> String.valueOf(session.getUsername()))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
