package dev.kiln.bench.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** How a client signs: the two algorithms that SMART App Launch names for it. */
public enum Algorithm {
  // JSON Web Signatures have the two numbers side by side (RFC 7518, section 3.4), not in DER.
  ES384("SHA384withECDSAinP1363Format", "EC", new ECGenParameterSpec("secp384r1")),
  RS384("SHA384withRSA", "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  private final String signature;
  private final String keys;
  private final AlgorithmParameterSpec size;

  Algorithm(String signature, String keys, AlgorithmParameterSpec size) {
    this.signature = signature;
    this.keys = keys;
    this.size = size;
  }

  public KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK makes such keys", e);
    }
  }

  byte[] sign(byte[] text, PrivateKey key) {
    try {
      Signature signing = Signature.getInstance(signature);
      signing.initSign(key);
      signing.update(text);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key is none of this algorithm", e);
    }
  }
}
