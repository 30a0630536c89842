package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.ops.DashboardQuery.Metric;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DashboardQueryTest {

  @Test
  void metricsAndLabelsAreTakenOutOfAQuery() {
    DashboardQuery query =
        DashboardQuery.of(
            "histogram_quantile(0.95, sum by (le, type) (rate(a_bucket{x=~\"$x\", y!=\"z{\"}[5m])))"
                + " / on (pool) group_left() max(b_total[$__rate_interval]) > bool time() - c",
            Set.of("kind"));
    assertThat(query.metrics())
        .containsExactly(
            new Metric("a_bucket", Set.of("x", "y")),
            new Metric("b_total", Set.of()),
            new Metric("c", Set.of()));
    assertThat(query.groups()).containsExactly("kind", "le", "pool", "type");
  }
}
