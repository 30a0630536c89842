package dev.kiln.auth.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/** The look that apps may take over (SMART App Launch 2.2, "smart_style_url"). */
final class SmartStyle {

  static final String PATH = "/.well-known/smart-style.json";

  private SmartStyle() {}

  static Map<String, Object> document() {
    Map<String, Object> style = new LinkedHashMap<>();
    style.put("color_background", "#ffffff");
    style.put("color_error", "#b3261e");
    style.put("color_highlight", "#1f5f8b");
    style.put("color_modal_backdrop", "#00000066");
    style.put("color_success", "#2e7d32");
    style.put("color_text", "#1d1b20");
    style.put("dim_border_radius", "6px");
    style.put("dim_font_size", "16px");
    style.put("dim_spacing_size", "16px");
    style.put("font_family_body", "system-ui, sans-serif");
    style.put("font_family_heading", "system-ui, sans-serif");
    return style;
  }
}
