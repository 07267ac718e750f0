package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.budget.Budget;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.helidon.webserver.CloseConnectionException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/**
 * An upload of one URL a line, plain or as {@code {"url": "…"}}, with every option at its default.
 * Blank lines are skipped. Fields are named {@code line 1}, {@code line 2} and so on.
 */
public final class UrlLines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int LINE_MAX = 2 * UrlCheck.LENGTH_MAX;

    private final InputStream in;
    private final UrlCheck urlCheck;
    private final int urlsMax;
    private final byte[] line = new byte[LINE_MAX];

    private UrlLines(InputStream in, UrlRules rules, int urlsMax) {
        this.in = in;
        this.urlCheck = new UrlCheck(rules);
        this.urlsMax = urlsMax;
    }

    static Submission read(InputStream in, UrlRules rules, int urlsMax, Budget submissions) {
        var seeds = new Seeds(submissions);
        boolean complete = false;
        try {
            new UrlLines(new BufferedInputStream(in), rules, urlsMax).readInto(seeds);
            complete = true;
        } catch (IOException e) {
            throw new CloseConnectionException("the client's upload broke off", e);
        } finally {
            if (!complete) {
                seeds.close();
            }
        }
        var spec =
                new JobSpec(
                        JobKind.URLS,
                        null,
                        ContentSpec.standard(),
                        FetchSpec.standard(),
                        JobSpec.PRIORITY_DEFAULT);
        return new Submission(spec, seeds);
    }

    private void readInto(Seeds seeds) throws IOException {
        int number = 1;
        for (int length = readLine(number); length >= 0; length = readLine(++number)) {
            String field = "line " + number;
            String text = decode(field, length).strip();
            if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
                text = text.substring(BYTE_ORDER_MARK.length()).strip();
            }
            if (text.isEmpty()) {
                continue;
            }
            if (seeds.offered() == urlsMax) {
                throw SubmitBody.tooMany(urlsMax, "");
            }
            String url = text.startsWith("{") ? urlOf(number, text) : text;
            seeds.add(urlCheck.candidate(field, url, false));
        }
        if (seeds.count() == 0) {
            throw BodyReader.refuse("the body", "empty", "1 to " + urlsMax + " lines");
        }
    }

    /** The length of the next line, without its end, or -1 after the last one. */
    private int readLine(int number) throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return length == 0 ? -1 : length;
            }
            if (length == LINE_MAX) {
                throw BodyReader.refuse(
                        "line " + number, "longer", "at most " + LINE_MAX + " bytes a line");
            }
            line[length++] = (byte) next;
        }
        return length;
    }

    private String decode(String field, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BodyReader.refuse(field, "not UTF-8", UrlCheck.ACCEPTED);
        }
    }

    private static String urlOf(int number, String json) {
        String field = "line " + number;
        var url = new String[1];
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        BodyReader.read(
                new ByteArrayInputStream(bytes),
                number,
                body -> {
                    var keys = new LinkedHashMap<String, BodyReader.Value>();
                    keys.put("url", path -> url[0] = body.string(path, UrlCheck.LENGTH_MAX));
                    body.object(field, keys);
                });
        if (url[0] == null) {
            throw UrlCheck.missing(field + ".url");
        }
        return url[0];
    }
}
