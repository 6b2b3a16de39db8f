package dev.cadenza.generation.config;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Runs the models; has no database and no API. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "worker")
@ComponentScan("dev.cadenza.generation.work")
@ConfigurationPropertiesScan("dev.cadenza.generation.work")
class WorkerRole {}
