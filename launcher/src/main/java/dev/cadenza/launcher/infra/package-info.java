/** The process with the local stand-ins: Kafka broker, MongoDB wire server, S3 server, mail server and its page. */
@NullMarked
package dev.cadenza.launcher.infra;

import org.jspecify.annotations.NullMarked;
