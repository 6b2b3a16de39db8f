package dev.cadenza.processing.config;

import dev.cadenza.platform.audio.Ffmpeg;
import dev.cadenza.processing.separate.Resampler;
import dev.cadenza.processing.separate.SeparationSettings;
import dev.cadenza.processing.separate.Separator;
import dev.cadenza.processing.separate.spectral.SpectralSeparator;
import dev.cadenza.processing.separate.torchscript.ModelSettings;
import dev.cadenza.processing.separate.torchscript.TorchScriptModels;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Runs the engines; has no database and no API. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "cadenza.role", havingValue = "worker")
@ComponentScan("dev.cadenza.processing.separate")
@ConfigurationPropertiesScan("dev.cadenza.processing.separate")
class WorkerRole {

    @Bean
    Separator separator(SeparationSettings settings, ModelSettings models, Ffmpeg ffmpeg) throws IOException {
        Separator builtIn = new SpectralSeparator();
        if (settings.engine().equals(builtIn.name())) {
            return builtIn;
        }
        TorchScriptModels supplied = new TorchScriptModels(models, new Resampler(ffmpeg));
        List<String> names = supplied.names();
        return supplied.find(settings.engine())
                .orElseThrow(() -> new IllegalArgumentException("cadenza.separation.engine is " + settings.engine()
                        + "; there are " + builtIn.name() + " and the models " + names));
    }
}
