package io.gleaner.export;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "  =1",
                "\u00a0=1",
                "\u3000=1",
                "\ufeff=1",
                "＝1",
                "=HYPERLINK(\"https://evil.example\",\"x\")"
            })
    void whatASpreadsheetWouldRunBeginsWithAnApostrophe(String text) {
        String cell = CsvTable.cell(text);

        assertThat(cell.startsWith("\"") ? cell.substring(1) : cell).startsWith("'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-5", "+3.25", "-12,5", "-7%", "a=b", "2026-01-01", "https://a.example/"})
    void numbersAndOrdinaryTextStayAsTheyAre(String text) {
        assertThat(CsvTable.cell(text).replace("\"", "")).isEqualTo(text);
    }

    @Test
    void quotesCommasAndLineBreaksAreQuoted() {
        assertThat(CsvTable.cell("a \"b\", c\r\nd")).isEqualTo("\"a \"\"b\"\", c\r\nd\"");
    }

    @Property(seed = "20261201")
    void noCellBeginsAFormulaAndEveryTextComesBack(@ForAll String text) {
        String cell = CsvTable.cell(text);
        String read =
                cell.startsWith("\"")
                        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
                        : cell;

        assertThat(read).isIn(text, "'" + text);
        if (!read.isEmpty() && "=@".indexOf(read.charAt(0)) >= 0) {
            assertThat(read).as("a formula").isEmpty();
        }
    }
}
