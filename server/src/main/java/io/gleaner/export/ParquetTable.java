package io.gleaner.export;

import com.github.luben.zstd.Zstd;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A table as Apache Parquet: written in groups of rows, of which one is in memory, compressed with
 * Zstandard. Every column may be empty.
 */
final class ParquetTable {

    private static final long GROUP_BYTES = 8 << 20;
    private static final int PAGE_BYTES = 256 << 10;
    private static final int GROUP_ROWS_MAX = 20_000;
    private static final int ROWS_BETWEEN_LOOKS = 10;

    private final List<Column> columns;
    private final OutputStream out;

    ParquetTable(List<Column> columns, OutputStream out) {
        this.columns = columns;
        this.out = out;
    }

    void write(PageFeed feed) throws IOException, InterruptedException {
        ParquetWriter<StoredPage> writer = new Rows().build();
        feed.pages(writer::write);
        // Only when all went well: it writes the end, by which a reader knows a whole file.
        writer.close();
    }

    private MessageType schema() {
        return new MessageType("page", columns.stream().map(ParquetTable::type).toList());
    }

    private static Type type(Column column) {
        String name = column.name();
        return switch (column.kind()) {
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(name);
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case TIME ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(name);
            case TEXT -> text(name);
            case TEXTS -> Types.optionalList().element(text("element")).named(name);
            case TEXTS_BY_NAME ->
                    Types.optionalMap()
                            .key(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .value(text("value"))
                            .named(name);
        };
    }

    private static Type text(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    /** Makes the writer; nothing of Hadoop takes part. */
    @SuppressWarnings("deprecation") // What it must implement goes by way of Hadoop.
    private final class Rows extends ParquetWriter.Builder<StoredPage, Rows> {

        Rows() {
            super(new Stream(out));
            withConf(new PlainParquetConfiguration());
            withRowGroupSize(GROUP_BYTES);
            withRowGroupRowCountLimit(GROUP_ROWS_MAX);
            withPageSize(PAGE_BYTES);
            withDictionaryPageSize(PAGE_BYTES);
            withMinRowCountForPageSizeCheck(ROWS_BETWEEN_LOOKS);
            withMaxRowCountForPageSizeCheck(ROWS_BETWEEN_LOOKS);
            withCompressionCodec(CompressionCodecName.ZSTD);
            withCodecFactory(new Zstandard());
        }

        @Override
        protected Rows self() {
            return this;
        }

        @Override
        protected WriteSupport<StoredPage> getWriteSupport(Configuration configuration) {
            return new Support();
        }

        @Override
        protected WriteSupport<StoredPage> getWriteSupport(ParquetConfiguration configuration) {
            return new Support();
        }
    }

    /** Tells the library the values of one row after the other. */
    @SuppressWarnings({"deprecation", "NullAway.Init"}) // As above; prepareForWrite comes first.
    private final class Support extends WriteSupport<StoredPage> {
        private RecordConsumer row;

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema(), Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema(), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            row = consumer;
        }

        @Override
        public void write(StoredPage page) {
            row.startMessage();
            for (int index = 0; index < columns.size(); index++) {
                Column column = columns.get(index);
                Object value = column.of(page);
                if (value != null) {
                    row.startField(column.name(), index);
                    add(column.kind(), value);
                    row.endField(column.name(), index);
                }
            }
            row.endMessage();
        }

        private void add(Column.Kind kind, Object value) {
            switch (kind) {
                case LONG -> row.addLong((Long) value);
                case INTEGER -> row.addInteger((Integer) value);
                case BOOLEAN -> row.addBoolean((Boolean) value);
                case TIME -> row.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
                case TEXT -> row.addBinary(Binary.fromString(value.toString()));
                case TEXTS -> addList(value instanceof List<?> list ? list : List.of(value));
                case TEXTS_BY_NAME -> addMap((Map<?, ?>) value);
            }
        }

        private void addList(List<?> list) {
            row.startGroup();
            if (!list.isEmpty()) {
                row.startField("list", 0);
                for (Object item : list) {
                    row.startGroup();
                    addField("element", 0, item);
                    row.endGroup();
                }
                row.endField("list", 0);
            }
            row.endGroup();
        }

        private void addMap(Map<?, ?> map) {
            row.startGroup();
            if (!map.isEmpty()) {
                row.startField("key_value", 0);
                map.forEach(
                        (key, value) -> {
                            row.startGroup();
                            addField("key", 0, key);
                            addField("value", 1, value);
                            row.endGroup();
                        });
                row.endField("key_value", 0);
            }
            row.endGroup();
        }

        private void addField(String name, int index, Object text) {
            row.startField(name, index);
            row.addBinary(Binary.fromString(text.toString()));
            row.endField(name, index);
        }
    }

    /** The stream at hand as the library wants it. It stays open. */
    private record Stream(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    /** The library's own goes by way of Hadoop. */
    private static final class Zstandard
            implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {

        private static final int LEVEL = 3;

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return this;
        }

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            var all = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
            bytes.writeAllTo(all);
            return BytesInput.from(Zstd.compress(all.toByteArray(), LEVEL));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("nothing is read");
        }

        @Override
        public void release() {
            // Holds nothing.
        }
    }
}
