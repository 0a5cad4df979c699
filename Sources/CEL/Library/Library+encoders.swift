import Secrets

extension Library {
    static let encoders: [Function] = [
        .function("base64.encode", returns: .string, cost: .text) { (a: Bytes, meter) in
            meter.textError(a.bytes.count * 4 / 3 + 4).map { .error($0) } ?? .string(Base64.text(of: a.bytes))
        },
        .function("base64.decode", returns: .bytes, cost: .text) { (a: String, _) in
            Base64.bytes(of: a, padding: .optional).map { .bytes($0) } ?? .failure("the text is not base64")
        },
    ]
}
