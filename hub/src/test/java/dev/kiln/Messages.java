package dev.kiln;

/** HL7 v2 messages of our own writing. */
public final class Messages {

  private Messages() {}

  public static String admission(String mrn, String controlId) {
    return """
        MSH|^~\\&|REG|HOSP|KILN|HUB|20260301101500+0100||ADT^A01^ADT_A01|%s|P|2.5.1
        EVN|A01|20260301101500+0100
        PID|1||%s^^^HOSP&2.999.7&ISO^MR||Kettle^Copper||19700501|F|||1 Oven St^^Springfield^IL^62701
        PV1|1|I|W1^101^A||||||||||||||||V%s^^^HOSP&2.999.7&ISO^VN|||||||||||||||||||||||||20260301100000+0100"""
        .formatted(controlId, mrn, mrn);
  }

  public static String result(String mrn, String controlId) {
    return """
        MSH|^~\\&|LAB|HOSP|KILN|HUB|20260301121500+0100||ORU^R01^ORU_R01|%s|P|2.5.1
        PID|1||%s^^^HOSP&2.999.7&ISO^MR||Kettle^Copper||19700501|F
        PV1|1||||||||||||||||||V%s^^^HOSP&2.999.7&ISO^VN
        OBR|1||F%s^LAB|2345-7^Glucose^LN|||20260301110000+0100|||||||||||||||20260301120000+0100||LAB|F
        OBX|1|NM|2345-7^Glucose^LN||5.60|mmol/L^^UCUM|3.9-6.1|N|||F|||20260301110000+0100"""
        .formatted(controlId, mrn, mrn, mrn);
  }

  public static String merge(String survivor, String merged, String controlId) {
    return """
        MSH|^~\\&|REG|HOSP|KILN|HUB|20260302101500+0100||ADT^A40^ADT_A39|%s|P|2.5.1
        EVN|A40|20260302101500+0100
        PID|1||%s^^^HOSP&2.999.7&ISO^MR||Kettle^Copper||19700501|F
        MRG|%s^^^HOSP&2.999.7&ISO^MR"""
        .formatted(controlId, survivor, merged);
  }
}
