package io.gleaner.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.SiteTexts;
import java.nio.charset.Charset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetSnifferTest {

    private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @ParameterizedTest
    @CsvSource({
        "latin1, windows-1252",
        "ISO-8859-1, windows-1252",
        "us-ascii, windows-1252",
        "ISO-8859-9, windows-1254",
        "gb2312, GB18030",
        "GBK, GB18030",
        "x-sjis, windows-31j",
        "Shift_JIS, windows-31j",
        "euc-kr, x-windows-949",
        "ks_c_5601-1987, x-windows-949",
        "big5, Big5-HKSCS",
        "tis-620, x-windows-874",
        "utf8, UTF-8",
        "utf-16, UTF-16LE",
        "koi8-r, KOI8-R",
        "macintosh, x-MacRoman",
    })
    void labelsMeanWhatTheyMeanOnTheWeb(String label, String charset) {
        assertThat(CharsetLabels.find(label)).hasValue(Charset.forName(charset));
    }

    @Test
    void aByteOrderMarkBeatsTheHeader() {
        byte[] body = "\ufeff<p>Привет".getBytes(UTF_16BE);
        assertThat(sniff("text/html; charset=windows-1251", body)).isEqualTo(UTF_16BE);
        assertThat(text(body, UTF_16BE)).isEqualTo("<p>Привет");
    }

    @Test
    void theHeaderBeatsTheDocument() {
        byte[] body = "<meta charset=utf-8><p>Привет".getBytes(WINDOWS_1251);
        assertThat(sniff("text/html; charset=windows-1251", body)).isEqualTo(WINDOWS_1251);
    }

    @Test
    void aLabelThatNobodyKnowsIsAsGoodAsNone() {
        byte[] body = "<meta charset=windows-1251><p>Привет".getBytes(WINDOWS_1251);
        assertThat(sniff("text/html; charset=x-no-such", body)).isEqualTo(WINDOWS_1251);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<meta charset=windows-1251>",
                "<META CHARSET='cp1251' />",
                "<meta\ncharset = \"windows-1251\" >",
                "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">",
                "<meta content='text/html;charset=\"windows-1251\"' http-equiv='content-type'>",
                "<?xml version='1.0' encoding='windows-1251'?>",
                "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
                "<meta name=a content='charset=koi8-r'><meta charset=windows-1251>",
                "<meta charset=x-no-such><meta charset=windows-1251>",
                "<meta name='a>b' charset=windows-1251>",
            })
    void theDocumentDeclaresItsCharset(String declaration) {
        assertThat(sniff("text/html", (declaration + "<p>").getBytes(ISO_8859_1)))
                .isEqualTo(WINDOWS_1251);
    }

    @Test
    void aDeclarationBehindTheFirstFourKibibytesIsNotSeen() {
        String late = " ".repeat(4096) + "<meta charset=windows-1251><p>plain";
        assertThat(sniff("text/html", late.getBytes(ISO_8859_1))).isEqualTo(UTF_8);
    }

    @Test
    void aDeclarationOfUtf16ThatCanBeReadAsAsciiIsALie() {
        assertThat(sniff("text/html", "<meta charset=utf-16><p>é".getBytes(UTF_8)))
                .isEqualTo(UTF_8);
    }

    @Test
    void aDeclarationInPlainTextDeclaresNothing() {
        assertThat(sniff("text/plain", "<meta charset=windows-1251>é".getBytes(UTF_8)))
                .isEqualTo(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"windows-1251, ru", "KOI8-R, ru", "Shift_JIS, ja", "EUC-JP, ja", "GB18030, zh"})
    void theDetectorFindsWhatNobodyDeclares(String charset, String language) {
        String text =
                switch (language) {
                    case "ja" -> SiteTexts.JAPANESE;
                    case "zh" -> SiteTexts.CHINESE;
                    default -> SiteTexts.RUSSIAN;
                };
        byte[] body = ("<html><p>" + text).getBytes(Charset.forName(charset));
        Charset found = sniff("text/html", body);
        assertThat(new String(body, found)).endsWith(text);
    }

    @Test
    void escapesInAsciiAreIso2022Jp() {
        Charset jis = Charset.forName("ISO-2022-JP");
        assertThat(sniff("text/plain", SiteTexts.JAPANESE.getBytes(jis))).isEqualTo(jis);
    }

    @Test
    void utf16WithoutAMarkIsKnownByItsFirstTag() {
        byte[] body = "<html><p>Привет".getBytes(UTF_16LE);
        assertThat(sniff("text/html", body)).isEqualTo(UTF_16LE);
        assertThat(ContentType.looksBinary(body)).isFalse();
    }

    @Test
    void westernTextThatIsNotUtf8IsWindows1252() {
        byte[] body = "<p>naïve café – déjà vu".getBytes(WINDOWS_1252);
        assertThat(new String(body, sniff("text/html", body))).contains("café – déjà");
    }

    @Property(tries = 300)
    void textInUtf8IsUtf8(@ForAll @StringLength(max = 200) String text) {
        String clean = "a" + text.replaceAll("[\\x00-\\x1f\\ud800-\\udfff\\ufeff\\ufffe]", "");
        byte[] body = clean.getBytes(UTF_8);
        assertThat(new String(body, sniff("text/plain", body))).isEqualTo(clean);
    }

    @Property(tries = 300)
    void anyBytesHaveSomeCharset(@ForAll byte[] body) {
        assertThat(sniff("text/html", body)).isNotNull();
        assertThat(sniff("", body)).isNotNull();
        assertThat(ContentType.sniff(body)).isNotNull();
    }

    @Property(tries = 300)
    void anyAttributesAreReadInLinearTime(@ForAll @StringLength(max = 300) String attributes) {
        assertThat(MetaCharset.find("<meta " + attributes + "<meta charset=koi8-r>")).isNotNull();
    }

    private static Charset sniff(String header, byte[] body) {
        return CharsetSniffer.charset(body, ContentType.parse(header));
    }

    private static String text(byte[] body, Charset charset) {
        return ResponseTest.response(body, charset).text();
    }
}
