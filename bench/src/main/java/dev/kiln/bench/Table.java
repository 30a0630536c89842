package dev.kiln.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns: the first to the left, numbers to the right. */
final class Table {

  private final List<Object[]> rows = new ArrayList<>();

  Table row(Object... cells) {
    rows.add(cells);
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], String.valueOf(row[i]).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        text.append(("%" + (i == 0 ? "-" : "") + widths[i] + "s  ").formatted(row[i]));
      }
      text.setLength(text.length() - 2);
      text.append('\n');
    }
    return text.toString();
  }
}
