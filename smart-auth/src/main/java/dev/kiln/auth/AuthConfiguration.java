package dev.kiln.auth;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The whole authorization server. Wants {@link AuthAddresses}, a {@link PatientDirectory} and a
 * {@code DataSource} named {@code authDataSource}; gives {@link AccessTokens}. Each package below
 * has a configuration of its own; they are scanned for, so that this package, which holds what they
 * all use, need not know them.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class AuthConfiguration {}
