package dev.kiln.fhir.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server opens no connection unasked. Java asks the default ProxySelector before every outgoing
 * connection, of plain sockets as well as of its HTTP clients, so that a recording one sees them
 * all; the first test proves that it does.
 */
class NoOutgoingConnectionIT {

  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private ProxySelector before;

  @BeforeEach
  void record() {
    RunningHub.get();
    before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            String host = uri.getHost();
            if (host != null && !Set.of("localhost", "127.0.0.1").contains(host)) {
              asked.add(host);
            }
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // Only the attempt counts.
          }
        });
  }

  @AfterEach
  void restore() {
    ProxySelector.setDefault(before);
  }

  @Test
  void theRecorderSeesASocket() {
    try (Socket socket = new Socket("recorded.invalid", 80)) {
      assertThat(socket.isConnected()).isFalse();
    } catch (IOException e) {
      // The name cannot be resolved; that it was asked for is what counts.
    }
    assertThat(asked).contains("recorded.invalid");
  }

  @Test
  void validationOpensNone() {
    Http fhir = RunningHub.get().http();
    String hostile =
        """
        {"resourceType":"Patient","meta":{"profile":["http://profiles.invalid/StructureDefinition/x|1.0"]},
         "extension":[{"url":"http://extensions.invalid/x","valueCode":"y"}],
         "implicitRules":"http://rules.invalid/x",
         "maritalStatus":{"coding":[{"system":"http://codes.invalid/cs","code":"x"}]},
         "identifier":[{"type":{"coding":[{"system":"http://snomed.info/sct","code":"1"},{"system":"http://loinc.org","code":"1-8"}]}}]}""";
    fhir.post("/fhir/Patient/$validate", hostile);
    fhir.post("/fhir/Patient", hostile);
    fhir.post(
        "/fhir/Patient/$validate?profile=http://profiles.invalid/StructureDefinition/z", hostile);
    fhir.post(
        "/fhir/StructureDefinition/$validate",
        """
        {"resourceType":"StructureDefinition","url":"http://x.invalid/sd","name":"X","status":"draft","kind":"complex-type","abstract":false,
         "type":"Extension","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Extension","derivation":"constraint",
         "context":[{"type":"element","expression":"Patient"}],
         "differential":{"element":[{"id":"Extension.value[x]","path":"Extension.value[x]","binding":{"strength":"required","valueSet":"http://valuesets.invalid/vs"}}]}}""");
    fhir.get("/fhir/ValueSet/$expand?url=http://valuesets.invalid/vs");
    fhir.get("/fhir/CodeSystem/$lookup?system=http://codes.invalid/cs&code=x");
    fhir.post(
        "/fhir/Patient/$validate",
        "<Patient xmlns=\"http://hl7.org/fhir\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://hl7.org/fhir http://schemas.invalid/fhir.xsd\"/>",
        "Content-Type",
        "application/fhir+xml");
    assertThat(asked).isEmpty();
  }
}
