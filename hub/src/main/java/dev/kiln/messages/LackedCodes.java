package dev.kiln.messages;

import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageAnatomy.Answered;
import dev.kiln.routes.control.MessageAnatomy.Field;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Whole;
import dev.kiln.routes.control.PartnerReports.Unmapped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which codes a table lacks, as the latest message has them. They are told where anybody who runs
 * the interfaces may see them in the message as well: a name may stand where a code should.
 */
final class LackedCodes {

  private static final String LACKS = ": the code is not in table ";

  private final MessageArchive archive;
  private final List<MessageAnatomy> anatomies;

  LackedCodes(MessageArchive archive, List<MessageAnatomy> anatomies) {
    this.archive = archive;
    this.anatomies = anatomies;
  }

  /** Empty where the message has been deleted meanwhile, or what stands there is not to be seen. */
  List<String> of(Unmapped unmapped) {
    return archive.read(unmapped.latest()).map(whole -> of(whole, unmapped)).orElse(List.of());
  }

  private List<String> of(Whole whole, Unmapped unmapped) {
    Set<String> places =
        whole.warnings().stream()
            .filter(warning -> warning.endsWith(LACKS + unmapped.table()))
            .map(warning -> warning.substring(0, warning.length() - LACKS.length() - 4))
            .filter(place -> place.replaceAll("\\[[0-9]+]", "").equals(unmapped.field()))
            .map(LackedCodes::field)
            .collect(Collectors.toSet());
    return anatomies.stream()
        .filter(one -> one.format().equals(whole.entry().format()))
        .flatMap(one -> one.of(whole.raw(), new Answered(null, "", "")).segments().stream())
        .flatMap(segment -> segment.fields().stream())
        .filter(field -> field.isOpen() && places.contains(field.place()))
        .map(Field::value)
        .distinct()
        .toList();
  }

  /** {@code OBX[2]-8} of {@code OBX[2]-8[1].1}: an anatomy has whole fields. */
  private static String field(String place) {
    return place.replaceFirst("(-[0-9]+)[.\\[].*$", "$1");
  }
}
