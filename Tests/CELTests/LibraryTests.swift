import CEL
import Testing

@Suite("the library beyond the conformance suite")
struct LibraryTests {
    @Test(
        "lists",
        arguments: [
            ("[1, 2, 3, 4].slice(1, 3)", "[2, 3]"), ("[1, 2].slice(0, 3)", "cannot slice from 0 to 3: the list has 2 elements"),
            ("[[1, [2]], [3]].flatten()", "[1, [2], 3]"), ("[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"),
            ("[3, 1, 2].sort()", "[1, 2, 3]"), ("['b', 'a', 'B'].sort()", "[\"B\", \"a\", \"b\"]"), ("[].sort()", "[]"),
            ("[1, 'a'].sort()", "cannot sort int with string"), ("[{'a': 1}].sort()", "cannot sort: map(dyn, dyn) has no order"),
            ("[1, 2u, 1.0, 'a', 'a', [1], [1]].distinct()", "[1, 2u, \"a\", [1]]"), ("lists.range(4)", "[0, 1, 2, 3]"),
            ("lists.range(0)", "[]"), ("[1, 2, 3].reverse()", "[3, 2, 1]"), ("[1, 2].first()", "optional.of(1)"),
            ("[].last()", "optional.none()"), ("['bb', 'a', 'ccc'].sortBy(t, size(t))", "[\"a\", \"bb\", \"ccc\"]"),
            ("[{'n': 2}, {'n': 1}].sortBy(e, e.n)", "[{\"n\": 1}, {\"n\": 2}]"),
        ])
    func lists(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "sets",
        arguments: [
            ("sets.contains([1, 2], [2, 1, 2])", "true"), ("sets.contains([], [])", "true"), ("sets.contains([1], [2])", "false"),
            ("sets.contains([1, 2.0, 3u], [2, 3])", "true"), ("sets.equivalent([1, 1], [1])", "true"),
            ("sets.equivalent([[1], [2]], [[2], [1]])", "true"), ("sets.equivalent([1, 2], [1])", "false"),
            ("sets.intersects([1, 2], [2, 3])", "true"), ("sets.intersects([], [1])", "false"),
        ])
    func sets(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "regular expressions",
        arguments: [
            (#"regex.replace("hello world hello", "hello", "hi")"#, "\"hi world hi\""),
            (#"regex.replace("banana", "a", "x", 2)"#, "\"bxnxna\""), (#"regex.replace("banana", "a", "x", 0)"#, "\"banana\""),
            (#"regex.replace("banana", "a", "x", -1)"#, "\"bxnxnx\""),
            (#"regex.replace("foo bar", "(fo)o (ba)r", r"\2 \1")"#, "\"ba fo\""),
            (#"regex.replace("id=123", r"id=(?P<value>\d+)", r"value: \1")"#, "\"value: 123\""),
            (#"regex.replace("a", "(a)", r"\2")"#, #"the replacement '\2' names a group that there is not; a backslash itself is '\\'"#),
            (#"regex.extract("hello world", "hello(.*)")"#, "optional.of(\" world\")"),
            (#"regex.extract("item-A, item-B", r"item-\w")"#, "optional.of(\"item-A\")"),
            (#"regex.extract("HELLO", "hello")"#, "optional.none()"),
            (#"regex.extract("a b", "(a) (b)")"#, "the regular expression has 2 groups, and one is what can be extracted"),
            (#"regex.extractAll("id:123, id:456", r"id:(\d+)")"#, "[\"123\", \"456\"]"), (#"regex.extractAll("a", "b")"#, "[]"),
            ("'a'.matches('(')", "the regular expression does not work: '(' is never closed"),
        ])
    func regexes(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "quantities",
        arguments: [
            ("quantity('1.5Gi') == quantity('1536Mi')", "true"), ("quantity('200m') < quantity('1')", "true"),
            ("quantity('1.3Gi').isGreaterThan(quantity('1Gi'))", "true"),
            ("quantity('50k').add(quantity('20k')) == quantity('70k')", "true"),
            ("quantity('50k').sub(20000)", "quantity(\"30000\")"), ("quantity('1') + quantity('200m')", "quantity(\"1200m\")"),
            ("quantity('200M').compareTo(quantity('0.2G'))", "0"), ("quantity('50000000G').isInteger()", "true"),
            (
                "quantity('9999999999999999999999999999999999999G').isInteger()",
                "'9999999999999999999999999999999999999G' is not a quantity such as '1.5Gi' or '200m'"
            ),
            ("quantity('50k').asInteger()", "50000"),
            ("quantity('1.5').asInteger()", "the quantity 1.5 is not a whole number that fits an int"),
            ("quantity('50.703k').asApproximateFloat()", "50703.0"), ("quantity('-1k').sign()", "-1"), ("isQuantity('20Mi')", "true"),
            ("isQuantity('20Mu')", "false"), ("isQuantity('1,5')", "false"), ("quantity('1e3') == quantity('1k')", "true"),
        ])
    func quantities(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "money",
        arguments: [
            ("usd(10) + usd('0.55')", "money(\"10.55 USD\")"), ("usd(10.1) + usd(0.2) == usd('10.3')", "true"),
            ("money('12.50 USD') == usd(12.5)", "true"), ("money(3, 'CHF').currency()", "\"CHF\""), ("eur(7.25).amount()", "7.25"),
            ("usd(1) < eur(2)", "USD and EUR cannot be compared"), ("usd(1) == eur(1)", "false"),
            ("usd(1) + eur(1)", "USD and EUR are different currencies"), ("usd(10) / 4", "money(\"2.5 USD\")"),
            ("usd(10) / 3u * 3", "money(\"9.999999999999999999 USD\")"), ("2 * usd(10.5)", "money(\"21 USD\")"),
            ("usd(10) * 1.1", "money(\"11 USD\")"), ("usd(9) / usd(2)", "4.5"), ("usd(9) / usd(0)", "division by zero"),
            ("usd(1) / 0", "division by zero"),
            ("usd(100) > 99.99 && 100.01 > usd(100) && usd(100) >= 100u", "true"), ("usd('0.1') < 0.1", "true"),
            ("usd('0.5') == usd(0.5)", "true"),
            ("usd('0.3') > 0.3", "true"), ("-usd(2)", "money(\"-2 USD\")"), ("usd(0.0000000001)", "money(\"0.0000000001 USD\")"),
            ("usd(2e20)", "usd() wants an amount such as 10.5 below 1.7e20"),
            ("usd(double('NaN'))", "usd() wants an amount such as 10.5 below 1.7e20"),
            ("usd(1.6e20) + usd(1.6e20)", "the amount is too large"), ("money('1 usd')", "'1 usd' is not an amount such as '12.50 USD'"),
            ("money(1, 'dollar')", "'dollar' is not a currency: three capital letters"), ("gib(10) == 10 * 1024 * mib(1)", "true"),
            ("tib(1)", "1099511627776"),
            ("'%.2f and %s'.format([usd(10), usd(10)])", "\"10.00 and 10 USD\""),
        ])
    func money(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "time zones, before and after their rules changed",
        arguments: [
            ("timestamp('2024-03-10T09:59:59Z').getHours('America/Los_Angeles')", "1"),
            ("timestamp('2024-03-10T10:00:00Z').getHours('America/Los_Angeles')", "3"),
            ("timestamp('2050-07-01T12:00:00Z').getHours('Europe/Berlin')", "14"),
            ("timestamp('2050-01-01T12:00:00Z').getHours('Europe/Berlin')", "13"),
            ("timestamp('1975-07-01T12:00:00Z').getHours('Europe/Berlin')", "13"),
            ("timestamp('2024-01-01T12:00:00Z').getHours('Australia/Sydney')", "23"),
            ("timestamp('2010-07-01T12:00:00Z').getHours('Europe/Moscow')", "16"),
            ("timestamp('2012-07-01T12:00:00Z').getHours('Europe/Moscow')", "16"),
            ("timestamp('2015-07-01T12:00:00Z').getHours('Europe/Moscow')", "15"),
            ("timestamp('2024-01-01T12:00:00Z').getMinutes('Asia/Kolkata')", "30"),
            ("timestamp('2024-07-01T12:00:00Z').getHours('UTC')", "12"),
            ("timestamp('2024-07-01T12:00:00Z').getHours('Mars/Base')", "unknown time zone 'Mars/Base'"),
        ])
    func zones(text: String, expected: String) { #expect(evaluate(text) == expected) }

    @Test(
        "values print as they are written",
        arguments: [
            "[1, 2u, 3.0, true, null]", "{\"a\": b\"\\x00b\"}", "timestamp(\"2024-01-02T03:04:05.5Z\")", "duration(\"-1.5s\")", "1e+22",
            "int",
            "quantity(\"1.5Gi\")", "ip(\"2001:db8::1\")", "cidr(\"10.0.0.0/8\")", "\"a\\n\\\"\"", "optional.of(1)", "money(\"1.5 EUR\")",
        ])
    func printing(text: String) { #expect(evaluate(text) == text) }

    @Test("texts are the same when their code points are")
    func sameness() {
        #expect(evaluate(#"'\u00e9' == 'e\u0301'"#) == "false")
        #expect(evaluate(#"{'\u00e9': 1}.exists(k, k == 'e\u0301')"#) == "false")
        #expect(evaluate(#"'e\u0301'.size()"#) == "2")
    }
}
