package dev.kiln.role;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/**
 * The first message of a client that knows one version of TLS and no other, byte by byte: Java's
 * own client refuses the old ones before any server could.
 *
 * @param version 0x0303 for TLS 1.2, 0x0302 for 1.1, 0x0301 for 1.0
 */
record ClientHello(int version) {

  private static final int HANDSHAKE = 22;
  private static final int ALERT = 21;

  /** A ServerHello. */
  static final Answer TAKEN = new Answer(HANDSHAKE, 2);

  /** RFC 5246, section 7.2.2: protocol_version. */
  static final Answer VERSION_REFUSED = new Answer(ALERT, 70);

  /**
   * @param content type of the record
   * @param what type of the handshake message, or description of the alert
   */
  record Answer(int content, int what) {}

  Answer sendTo(String host, int port) throws IOException {
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(20_000);
      byte[] hello = hello();
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(HANDSHAKE);
      out.writeShort(0x0301);
      out.writeShort(hello.length + 4);
      out.writeByte(1);
      out.writeByte(0);
      out.writeShort(hello.length);
      out.write(hello);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int content = in.readUnsignedByte();
      in.readUnsignedShort();
      in.readUnsignedShort();
      int first = in.readUnsignedByte();
      return new Answer(content, content == ALERT ? in.readUnsignedByte() : first);
    }
  }

  /** Suites and curves of all three versions, so that the version alone makes the difference. */
  private byte[] hello() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream hello = new DataOutputStream(bytes);
    hello.writeShort(version);
    hello.write(new byte[32]);
    hello.writeByte(0);
    shorts(hello, 0xC02B, 0xC02F, 0xC009, 0xC013, 0x002F);
    hello.writeByte(1);
    hello.writeByte(0);
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    DataOutputStream extensions = new DataOutputStream(more);
    extension(extensions, 0x000A, 0x0017, 0x0018);
    extension(extensions, 0x000D, 0x0403, 0x0401, 0x0203, 0x0201);
    hello.writeShort(more.size());
    more.writeTo(hello);
    return bytes.toByteArray();
  }

  private static void extension(DataOutputStream out, int type, int... values) throws IOException {
    out.writeShort(type);
    out.writeShort(2 + 2 * values.length);
    shorts(out, values);
  }

  /** Their length in bytes, then they. */
  private static void shorts(DataOutputStream out, int... values) throws IOException {
    out.writeShort(2 * values.length);
    for (int value : values) {
      out.writeShort(value);
    }
  }
}
