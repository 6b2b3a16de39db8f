package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.search.SearchSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The open index: one writer, and readers that see what was written since the last refresh. An index that another version
 * wrote, or that a disk has damaged, is thrown away: all that is in it comes from the databases.
 */
@Component
final class LuceneIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);
    private static final String SCHEMA = "schema";
    /** To be raised with every change of what documents hold. */
    private static final String VERSION = "2";
    /** What is written and not yet on the disk, in MB. */
    private static final double BUFFER = 8;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile boolean complete;

    /** What is asked of one state of the index. */
    interface Question<T> {
        T ask(IndexSearcher searcher) throws IOException;
    }

    LuceneIndex(SearchSettings settings) throws IOException {
        Path place = settings.directory();
        if (place != null) {
            Files.createDirectories(place);
        }
        directory = place == null ? new ByteBuffersDirectory() : FSDirectory.open(place);
        writer = open(directory);
        complete = VERSION.equals(committed(writer));
        if (!complete) {
            writer.deleteAll();
            writer.setLiveCommitData(Map.<String, String>of().entrySet());
        }
        searchers = new SearcherManager(writer, null);
    }

    private static IndexWriter open(Directory directory) throws IOException {
        try {
            return new IndexWriter(directory, config());
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | IllegalArgumentException e) {
            LOG.warn("The search index cannot be read and is made anew: {}", e.toString());
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
            return new IndexWriter(directory, config());
        }
    }

    private static IndexWriterConfig config() {
        return new IndexWriterConfig(Words.ANALYZER)
                // so that whoever looks for what is newest finds it first, and stops
                .setIndexSort(SortOrders.NEWEST)
                .setLeafSorter(Comparator.comparingLong(LuceneIndex::newest).reversed())
                .setRAMBufferSizeMB(BUFFER)
                .setCommitOnClose(true);
    }

    private static long newest(LeafReader segment) {
        try {
            byte[] newest = PointValues.getMaxPackedValue(segment, Fields.CREATED);
            return newest == null ? Long.MIN_VALUE : LongPoint.decodeDimension(newest, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String committed(IndexWriter writer) {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        return data == null
                ? null
                : StreamSupport.stream(data.spliterator(), false)
                        .filter(entry -> entry.getKey().equals(SCHEMA))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null);
    }

    IndexWriter writer() {
        return writer;
    }

    /** What was written is seen from now on. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    <T> T ask(Question<T> question) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return question.ask(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything is in it now, and stays for the next start. */
    void completed() throws IOException {
        writer.setLiveCommitData(Map.of(SCHEMA, VERSION).entrySet());
        writer.commit();
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(searchers, writer, directory);
    }
}
