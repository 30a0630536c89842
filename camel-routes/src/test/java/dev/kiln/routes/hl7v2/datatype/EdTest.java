package dev.kiln.routes.hl7v2.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Attachment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdTest {

  @ParameterizedTest
  @CsvSource({
    "LAB^application^PDF^Base64^SGVs bG8=,application/pdf,Hello,true",
    "LAB^text^plain^Hex^48 656C6C6f,text/plain,Hello,true",
    "LAB^text^HTML^A^<b>a &amp; b</b>,text/html,<b>a &amp; b</b>,true",
    "LAB^TEXT^^^one\\.br\\two,text/plain,'one\ntwo',true",
    "LAB^application^x+y/z^A^a,application/octet-stream,a,true",
    "LAB^application^PDF^Base64^not*base64,text/plain,not*base64,false",
    "LAB^application^PDF^Hex^4Z,text/plain,4Z,false",
    "just text,text/plain,just text,false"
  })
  void nothingOfTheDataIsLost(String sent, String type, String content, boolean clean) {
    MessageContext context = Sample.context();
    Attachment attachment = Ed.attachment(Sample.field(sent), context);

    assertThat(attachment.getContentType()).isEqualTo(type);
    assertThat(new String(attachment.getData(), StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(context.warnings().isEmpty()).isEqualTo(clean);
  }
}
