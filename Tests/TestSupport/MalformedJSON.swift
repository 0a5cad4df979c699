/// What is no value of JSON, though some readers take it. Whoever reads JSON must refuse a document in which one of these stands.
package enum MalformedJSON {
    package static let values = [
        "01", "-01", "+1", "1.", ".5", "-", "1e", "12abc", "0x1", "NaN", "Infinity", "tru", "nul", "'a'", "a", "[1,]", "[1 2]", "[}", "{]}",
        #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", "{1:1}", #""\u+041""#, #""\u12g4""#, #""\x""#, "\"\t\"", "\"\n\"", "\"\u{0}\"", "1 2", "//\n1",
        "\u{FEFF}1", "",
    ]

    /// Behind a whole document.
    package static let endings = ["1", "]", "}", ",", "{}", "//", "\u{0}", "\u{FEFF}"]
}
