package dev.kiln.auth.assertion;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names to addresses of the public internet only. A client's registration must not make
 * the server read what only the server can reach. The connection is made to the very addresses that
 * were looked at, so that a name that resolves differently the second time gains nothing.
 */
final class PublicAddresses implements DnsResolver {

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    InetAddress[] open =
        Arrays.stream(found).filter(PublicAddresses::isPublic).toArray(InetAddress[]::new);
    if (open.length == 0) {
      throw new UnknownHostException("No public address");
    }
    return open;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      return isPublic6(bytes, first, second);
    }
    return first != 0
        && first < 240
        // Of carriers (RFC 6598), for protocols (RFC 6890) and for benchmarks (RFC 2544).
        && !(first == 100 && second >= 64 && second < 128)
        && !(first == 192 && second == 0 && bytes[2] == 0)
        && !(first == 198 && (second == 18 || second == 19));
  }

  /** Global unicast only, and none of the ranges that carry an IPv4 address inside. */
  private static boolean isPublic6(byte[] bytes, int first, int second) {
    boolean isGlobal = (first & 0xe0) == 0x20;
    boolean is6to4 = first == 0x20 && second == 0x02;
    boolean isTeredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return isGlobal && !is6to4 && !isTeredo;
  }
}
