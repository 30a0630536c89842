package dev.kiln.routes;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * All of the routes. Wants a {@link Store}, a {@code DataSource} named {@code inboxDataSource} and
 * the terminology's beans. Each package below has a configuration of its own; they are scanned for,
 * so that this package, which holds what they all use, need not know them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RoutesSettings.class)
@ComponentScan
public class RoutesConfiguration {}
