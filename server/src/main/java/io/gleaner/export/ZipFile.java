package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A zip file of any number of entries, written to a stream (PKWARE APPNOTE 6.3, with ZIP64). The
 * directory at its end, which others keep in memory, grows in a temporary file meanwhile: that is
 * why this is no library's.
 */
final class ZipFile implements AutoCloseable {

    private static final int VERSION_ZIP64 = 45;
    private static final int UTF_8_NAMES = 1 << 11;
    private static final int DEFLATED = 8;
    private static final int MADE_ON_UNIX = 3 << 8;
    private static final int FILE_FOR_ALL_TO_READ = 0100644 << 16;
    private static final int YEAR_FIRST = 1980;
    private static final int YEAR_LAST = 2107;
    private static final long MAX_32 = 0xffff_ffffL;
    private static final int MAX_16 = 0xffff;

    private final OutputStream out;
    private final Path directory;
    private final OutputStream entries;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] buffer = new byte[8 << 10];
    private long position;
    private long count;

    ZipFile(OutputStream out) throws IOException {
        this.out = out;
        this.directory = Files.createTempFile("gleaner-zip", null);
        this.entries = new BufferedOutputStream(Files.newOutputStream(directory));
    }

    /** Writes one file. */
    void add(String name, byte[] content, Instant time) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        byte[] deflated = deflate(content);
        byte[] path = name.getBytes(UTF_8);
        int dosTime = dosTime(time);
        long start = position;
        byte[] local = new byte[30 + path.length];
        littleEndian(local)
                .putInt(0x04034b50)
                .putShort((short) VERSION_ZIP64)
                .putShort((short) UTF_8_NAMES)
                .putShort((short) DEFLATED)
                .putInt(dosTime)
                .putInt((int) crc.getValue())
                .putInt(deflated.length)
                .putInt(content.length)
                .putShort((short) path.length)
                .putShort((short) 0)
                .put(path);
        write(local);
        write(deflated);
        byte[] entryBytes = new byte[46 + path.length + (start < MAX_32 ? 0 : 12)];
        ByteBuffer entry = littleEndian(entryBytes);
        entry.putInt(0x02014b50)
                .putShort((short) (MADE_ON_UNIX | VERSION_ZIP64))
                .putShort((short) VERSION_ZIP64)
                .putShort((short) UTF_8_NAMES)
                .putShort((short) DEFLATED)
                .putInt(dosTime)
                .putInt((int) crc.getValue())
                .putInt(deflated.length)
                .putInt(content.length)
                .putShort((short) path.length)
                .putShort((short) (start < MAX_32 ? 0 : 12))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(FILE_FOR_ALL_TO_READ)
                .putInt((int) Math.min(start, MAX_32))
                .put(path);
        if (start >= MAX_32) {
            entry.putShort((short) 1).putShort((short) 8).putLong(start);
        }
        entries.write(entryBytes);
        count++;
    }

    /** Writes the directory, by which a reader knows a whole file. */
    void finish() throws IOException {
        entries.close();
        long start = position;
        position += Files.copy(directory, out);
        long size = position - start;
        if (count >= MAX_16 || start >= MAX_32 || size >= MAX_32) {
            long zip64 = position;
            write(
                    littleEndian(56 + 20)
                            .putInt(0x06064b50)
                            .putLong(44)
                            .putShort((short) (MADE_ON_UNIX | VERSION_ZIP64))
                            .putShort((short) VERSION_ZIP64)
                            .putInt(0)
                            .putInt(0)
                            .putLong(count)
                            .putLong(count)
                            .putLong(size)
                            .putLong(start)
                            .putInt(0x07064b50)
                            .putInt(0)
                            .putLong(zip64)
                            .putInt(1)
                            .array());
        }
        short shown = (short) Math.min(count, MAX_16);
        write(
                littleEndian(22)
                        .putInt(0x06054b50)
                        .putInt(0)
                        .putShort(shown)
                        .putShort(shown)
                        .putInt((int) Math.min(size, MAX_32))
                        .putInt((int) Math.min(start, MAX_32))
                        .putShort((short) 0)
                        .array());
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        entries.close();
        Files.deleteIfExists(directory);
    }

    private byte[] deflate(byte[] content) {
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        var deflated = new ByteArrayOutputStream(content.length / 2 + 64);
        while (!deflater.finished()) {
            deflated.write(buffer, 0, deflater.deflate(buffer));
        }
        return deflated.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return littleEndian(new byte[bytes]);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Date and time of MS-DOS, of which there are some years only. */
    private static int dosTime(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        int year = Math.clamp(time.getYear(), YEAR_FIRST, YEAR_LAST);
        int date = ((year - YEAR_FIRST) << 9) | (time.getMonthValue() << 5) | time.getDayOfMonth();
        int clock = (time.getHour() << 11) | (time.getMinute() << 5) | (time.getSecond() / 2);
        return (date << 16) | clock;
    }
}
