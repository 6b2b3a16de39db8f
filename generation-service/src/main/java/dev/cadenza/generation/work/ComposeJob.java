package dev.cadenza.generation.work;

import dev.cadenza.generation.generation.ComposeParameters;
import dev.cadenza.generation.generation.Song;
import dev.cadenza.generation.generation.SongFacts;
import dev.cadenza.generation.model.MusicModel;
import dev.cadenza.generation.model.MusicModel.ComposedSong;
import dev.cadenza.generation.model.MusicModel.SongOrder;
import dev.cadenza.platform.jobs.JobContext;
import dev.cadenza.platform.jobs.JobFailedException;
import dev.cadenza.platform.jobs.JobHandler;
import dev.cadenza.platform.storage.BlockingObjectStore;
import dev.cadenza.platform.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Makes a song and stores its files below the attempt's prefix. */
@Component
final class ComposeJob implements JobHandler {

    private final List<MusicModel> models;
    private final BlockingObjectStore store;

    ComposeJob(List<MusicModel> models, BlockingObjectStore store) {
        this.models = List.copyOf(models);
        this.store = store;
    }

    @Override
    public String kind() {
        return ComposeParameters.JOB_KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) throws JobFailedException, IOException {
        ComposeParameters parameters;
        try {
            parameters = ComposeParameters.read(context.parameters());
        } catch (JacksonException e) {
            throw new JobFailedException("generation.unreadable", "The request could not be read.", e);
        }
        MusicModel model = models.stream()
                .filter(known -> known.description().name().equals(parameters.model()))
                .findFirst()
                .orElseThrow(() -> new JobFailedException(
                        "generation.model_unavailable", "The model " + parameters.model() + " is not available."));
        SongOrder order = new SongOrder(parameters.wish(), parameters.formats(), parameters.quality(), false);
        ComposedSong song = model.compose(order, context.workDirectory(), watch(context));
        List<Song.File> files = new ArrayList<>();
        context.progress(94, "storing");
        for (ComposedSong.SongFile file : song.files()) {
            context.checkCancelled();
            StoredObject stored = store.put(
                    context.objectPrefix() + "song." + file.format().extension(),
                    file.path(),
                    file.format().contentType());
            files.add(new Song.File(
                    file.format(),
                    stored.key(),
                    stored.size(),
                    stored.etag(),
                    file.bitDepth(),
                    file.sampleRate(),
                    file.bitrateKbps(),
                    file.trackCount()));
        }
        return SongFacts.write(facts(song, files, remarks(song, parameters, model)));
    }

    private static Song facts(ComposedSong song, List<Song.File> files, List<String> remarks) {
        return new Song(
                song.engine(),
                song.engineVersion(),
                song.seed(),
                song.genre(),
                song.mood(),
                song.tempo(),
                song.key(),
                song.meter(),
                song.durationSeconds(),
                song.instruments(),
                song.sections().stream()
                        .map(part -> new Song.Part(part.name(), part.startSeconds(), part.endSeconds()))
                        .toList(),
                song.loudnessLufs(),
                song.truePeakDbtp(),
                song.quality().melodicCoherence(),
                song.quality().harmonicConsistency(),
                song.quality().audioQuality(),
                files,
                remarks);
    }

    private static List<String> remarks(ComposedSong song, ComposeParameters parameters, MusicModel model) {
        List<String> remarks = new ArrayList<>(song.notes());
        if (parameters.vocals() && !model.description().vocals()) {
            remarks.add("This model does not sing: the song is instrumental.");
        }
        return remarks;
    }

    private static MusicModel.Watch watch(JobContext context) {
        return new MusicModel.Watch() {
            @Override
            public void progress(int percent, String stage) {
                context.progress(percent, stage);
            }

            @Override
            public void check() {
                context.checkCancelled();
            }
        };
    }
}
