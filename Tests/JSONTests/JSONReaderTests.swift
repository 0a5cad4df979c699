import JSON
import Testing

@Suite("reading JSON")
struct JSONReaderTests {
    private func read(_ text: String, limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try JSONReader.read(Array(text.utf8), limits: limits)
    }

    @Test(
        "takes what RFC 8259 allows",
        arguments: [
            // Values of each kind, alone and inside others, and the four kinds of white space.
            ("null", nil), ("true", true), ("false", false), ("\"\"", ""), ("[]", []), ("{}", [:]), (" \t\r\n[ \n] ", []),
            ("[true,false,null]", [true, false, nil]), ("[[],[[]],{}]", [[], [[]], [:]]),
            (#"{"a":{"b":[1]},"":2}"#, ["a": ["b": [1]], "": 2]),
            (" {\"a\" : -1.5e+3 }\n", ["a": .number("-1.5e+3")]),
            // Numbers are kept as they are written.
            ("0", .number("0")), ("-0", .number("-0")), ("10", 10), ("0.10", .number("0.10")), ("-12.5", .number("-12.5")),
            ("1e2", .number("1e2")), ("1E+02", .number("1E+02")), ("0e-0", .number("0e-0")), ("1e400", .number("1e400")),
            ("123456789012345678901234567890.5", .number("123456789012345678901234567890.5")),
            // Strings.
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u00E9\u0000""#, "éé\u{0}"),
            (#""\ud83d\udcb0\uD83D\uDCB0""#, "💰💰"),
            ("\"größe 💰\u{7F}\u{2028}\"", "größe 💰\u{7F}\u{2028}"), (#""[1,{\"a\":2}]""#, "[1,{\"a\":2}]"),
            // Half of a surrogate pair is U+FFFD.
            (#""\ud83d""#, "\u{FFFD}"), (#""\udcb0x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\n""#, "\u{FFFD}\n"),
            (#""\ud83d\ud83d\udcb0""#, "\u{FFFD}💰"), (#""\ud83d\\udcb0""#, "\u{FFFD}\\udcb0"),
        ] as [(String, JSONValue)])
    func takes(text: String, expected: JSONValue) throws {
        #expect(try read(text) == expected)
        #expect(try read(" [ \(text) , \(text)]") == [expected, expected])
    }

    @Test(
        "refuses everything else, and says what and where",
        arguments: [
            // Numbers.
            ("01", "invalid number (line 1, column 1)"), ("-01", "invalid number (line 1, column 1)"),
            ("00", "invalid number (line 1, column 1)"), ("-", "invalid number (line 1, column 1)"),
            ("1.", "invalid number (line 1, column 1)"), ("[1.,2]", "invalid number (line 1, column 2)"),
            ("1.e2", "invalid number (line 1, column 1)"), ("1e", "invalid number (line 1, column 1)"),
            ("1e+", "invalid number (line 1, column 1)"), ("1.2.3", "invalid number (line 1, column 1)"),
            ("--1", "invalid number (line 1, column 1)"), ("1-2", "invalid number (line 1, column 1)"),
            ("0x10", "invalid number (line 1, column 1)"), ("1_000", "unexpected text after the value (line 1, column 2)"),
            (#"{"team": 12abc}"#, "invalid number (line 1, column 10)"), (#"{"team": -}"#, "invalid number (line 1, column 10)"),
            ("-Infinity", "invalid number (line 1, column 1)"), ("+1", "expected a value (line 1, column 1)"),
            (".5", "expected a value (line 1, column 1)"), ("NaN", "expected a value (line 1, column 1)"),
            ("nan", "expected a value (line 1, column 1)"), ("Infinity", "expected a value (line 1, column 1)"),
            ("١", "expected a value (line 1, column 1)"),
            // Words.
            ("tru", "expected a value (line 1, column 1)"), ("True", "expected a value (line 1, column 1)"),
            ("nul", "expected a value (line 1, column 1)"), ("truefalse", "unexpected text after the value (line 1, column 5)"),
            // Strings.
            (#""\u+041""#, #"expected four hexadecimal digits after '\u' (line 1, column 4)"#),
            (#""\u12g4""#, #"expected four hexadecimal digits after '\u' (line 1, column 6)"#),
            (#""\u12"x"#, #"expected four hexadecimal digits after '\u' (line 1, column 6)"#),
            (#""\u ff1""#, #"expected four hexadecimal digits after '\u' (line 1, column 4)"#),
            (#""\ud83d\u+041""#, #"expected four hexadecimal digits after '\u' (line 1, column 10)"#),
            (#""\x""#, "unknown escape in a string (line 1, column 2)"), (#""\'""#, "unknown escape in a string (line 1, column 2)"),
            (#""\U0041""#, "unknown escape in a string (line 1, column 2)"),
            ("\"é\n\"", "a control character in a string (line 1, column 3)"),
            ("\"\t\"", "a control character in a string (line 1, column 2)"),
            ("\"\u{0}\"", "a control character in a string (line 1, column 2)"),
            ("\"\u{1F}\"", "a control character in a string (line 1, column 2)"), ("'a'", "expected a value (line 1, column 1)"),
            // Arrays and objects.
            ("[1,]", "expected a value (line 1, column 4)"), ("[,1]", "expected a value (line 1, column 2)"),
            ("[1,,2]", "expected a value (line 1, column 4)"), ("[1 2]", "expected ',' or ']' (line 1, column 4)"),
            ("[1}", "expected ',' or ']' (line 1, column 3)"), ("[}", "expected a value (line 1, column 2)"),
            ("{]}", "expected a key (line 1, column 2)"), (#"{"a":1,}"#, "expected a key (line 1, column 8)"),
            (#"{"a"}"#, "expected ':' after a key (line 1, column 5)"), (#"{"a" 1}"#, "expected ':' after a key (line 1, column 6)"),
            (#"{"a":}"#, "expected a value (line 1, column 6)"), (#"{"a":1]"#, "expected ',' or '}' (line 1, column 7)"),
            ("{a:1}", "expected a key (line 1, column 2)"), ("{1:1}", "expected a key (line 1, column 2)"),
            (#"{"a":1 "b":2}"#, "expected ',' or '}' (line 1, column 8)"), ("]", "expected a value (line 1, column 1)"),
            ("[1] // one", "unexpected text after the value (line 1, column 5)"), ("/**/1", "expected a value (line 1, column 1)"),
            // Around the value.
            ("[1] 2", "unexpected text after the value (line 1, column 5)"), ("1]", "unexpected text after the value (line 1, column 2)"),
            ("{}}", "unexpected text after the value (line 1, column 3)"),
            ("{}\n\n\u{0}", "unexpected text after the value (line 3, column 1)"),
            ("\u{FEFF}1", "the text begins with a byte order mark (line 1, column 1)"), ("\u{A0}1", "expected a value (line 1, column 1)"),
            ("\u{C}1", "expected a value (line 1, column 1)"),
            // Cut off.
            ("", "the text ends too early (line 1, column 1)"), ("  \n ", "the text ends too early (line 2, column 2)"),
            ("[", "the text ends too early (line 1, column 2)"), ("[1", "the text ends too early (line 1, column 3)"),
            ("[1,", "the text ends too early (line 1, column 4)"), ("{", "the text ends too early (line 1, column 2)"),
            (#"{"a""#, "the text ends too early (line 1, column 5)"), (#"{"a":"#, "the text ends too early (line 1, column 6)"),
            ("\"a", "the text ends too early (line 1, column 3)"), (#""\"#, "the text ends too early (line 1, column 3)"),
            (#""\u12"#, "the text ends too early (line 1, column 6)"), (#""\""#, "the text ends too early (line 1, column 4)"),
            // A key that stands twice, however it is written.
            (#"{"a":1,"b":2,"a":3}"#, "a key stands twice in one object (line 1, column 14)"),
            (#"{"a":1,"\u0061":2}"#, "a key stands twice in one object (line 1, column 8)"),
        ])
    func refuses(text: String, message: String) throws {
        let error = try #require(throws: JSONError.self) { try read(text) }
        #expect(error.description == message)
        #expect(!error.isLimit)
    }

    @Test(
        "refuses strings that are not UTF-8",
        arguments: [[0xC3, 0x28], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) throws {
        let error = try #require(throws: JSONError.self) { try JSONReader.read(Array("[1,\n\"a".utf8) + bytes + Array("\"]".utf8)) }
        #expect(error.description == "a string that is not UTF-8 (line 2, column 3)")
        // Nor in a key that nobody asks for.
        #expect(throws: JSONError.self) {
            try JSONReader.read(Array("{\"".utf8) + bytes + Array("\":1}".utf8)) { (reader) throws(JSONError) in try reader.skip() }
        }
    }

    @Test("a text that is cut off anywhere is refused")
    func cutOff() throws {
        let bytes = Array(#" {"a": [1.5e3, "é\n\ud83d\udcb0", true, null], "b": {"c": -0}} "#.utf8)
        _ = try JSONReader.read(bytes)
        for length in 0..<bytes.count - 1 {
            let error = #expect(throws: JSONError.self) { try JSONReader.read(Array(bytes[..<length])) }
            #expect(error?.line == 1)
        }
    }

    @Test("has limits, and says which one was met")
    func limits() throws {
        let small = JSONLimits(size: 40, depth: 3, numberLength: 5, members: 4)
        #expect(try read("[[[1234]]]", limits: small) == [[[1234]]])
        #expect(try read("[1,2,3,4]", limits: small) == [1, 2, 3, 4])
        for (text, message) in [
            ("[[[[]]]]", "nested deeper than 3 levels (line 1, column 4)"),
            ("[123456]", "a number of more than 5 bytes (line 1, column 2)"),
            ("[1,2,[3,4]]", "more than 4 members and elements (line 1, column 9)"),
            (#"{"a":[1,2],"b":0,"c":0}"#, "more than 4 members and elements (line 1, column 22)"),
            (String(repeating: " ", count: 40) + "1", "the text is larger than 40 bytes (line 1, column 1)"),
        ] {
            let error = try #require(throws: JSONError.self) { try read(text, limits: small) }
            #expect(error.description == message && error.isLimit)
        }
    }

    @Test("does not exhaust the stack", arguments: ["[", "{\"a\":", "[[],"])
    func nesting(text: String) throws {
        let error = try #require(throws: JSONError.self) { try read(String(repeating: text, count: 200_000)) }
        #expect(error.message == "nested deeper than 256 levels" && error.isLimit)
    }
}

@Suite("walking through JSON")
struct JSONWalkTests {
    @Test("takes what is asked for and checks what is skipped")
    func walk() throws {
        let text = #"{"skip": [1, {"x": "é\n"}, null, true], "n\u0061me": "a\/b", "count": -12, "flag": false, "none": null}"#
        var found: [String] = []
        try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "name": found.append(try reader.string())
                case "count": found.append(String(try reader.integer(in: -20...20)))
                case "flag": found.append(String(try reader.bool()))
                case "none": found.append(String(try reader.null()))
                default:
                    found.append(key.string)
                    try reader.skip()
                }
            }
        }
        #expect(found == ["skip", "a/b", "-12", "false", "true"])
    }

    @Test("hands out a key as often as it stands there")
    func duplicates() throws {
        var values: [Int] = []
        try JSONReader.read(Array(#"{"a":1,"a":2}"#.utf8)) { (reader) throws(JSONError) in
            try reader.object { (reader, _) throws(JSONError) in values.append(try reader.integer(in: 0...9)) }
        }
        #expect(values == [1, 2])
    }

    @Test(
        "refuses what is of another kind, and malformed text that is skipped",
        arguments: [
            ("[]", "expected an object (line 1, column 1)"), ("{\"skip\": 01}", "invalid number (line 1, column 10)"),
            ("{\"skip\": [{\"a\": \"\\x\"}]}", "unknown escape in a string (line 1, column 18)"),
            ("{\"text\": 1}", "expected a string (line 1, column 10)"), ("{\"number\": \"1\"}", "expected a number (line 1, column 12)"),
            ("{\"list\": {}}", "expected an array (line 1, column 10)"), ("{\"flag\": null}", "expected a value (line 1, column 10)"),
            ("{\"small\": 10}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{\"small\": 01}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{\"small\": 1.0}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{\"small\": 1e0}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{\"small\": 1234567890123456789012}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{\"small\": -}", "expected a whole number between 0 and 9 (line 1, column 11)"),
            ("{} 1", "unexpected text after the value (line 1, column 4)"),
        ])
    func kinds(text: String, message: String) throws {
        let error = try #require(throws: JSONError.self) {
            try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in
                try reader.object { (reader, key) throws(JSONError) in
                    switch key {
                    case "text": _ = try reader.string()
                    case "number": _ = try reader.number()
                    case "list": try reader.array { (reader) throws(JSONError) in try reader.skip() }
                    case "flag": _ = try reader.bool()
                    case "small": _ = try reader.integer(in: 0...9)
                    default: try reader.skip()
                    }
                }
            }
        }
        #expect(error.description == message)
    }

    @Test("shows a string's bytes without its escapes")
    func bytes() throws {
        for (text, expected) in [("\"a💰\"", "a💰"), (#""\u0061\ud83d\udcb0\u00e9\n""#, "a💰é\n")] {
            let bytes = try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) -> [UInt8] in
                try reader.text().withBytes { Array($0) }
            }
            #expect(bytes == Array(expected.utf8))
        }
    }
}
