import Dispatch
import Synchronization

/// Reads another source ahead on a thread of its own, so that unpacking and parsing share the work of two cores.
///
/// Four chunks are under way at most: memory does not grow with the file.
final class ReadAhead: ByteSource {
    private let work: Work
    private var offset = 0
    private var slot = 0
    private var hasSlot = false
    private var isAtEnd = false

    init(_ source: any ByteSource) {
        work = Work(source)
        let work = work
        DispatchQueue(label: "bursar.read-ahead").async { work.run() }
    }

    deinit {
        work.isCancelled.store(true, ordering: .relaxed)
        work.free.signal()
        work.done.wait()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        guard !isAtEnd else { return 0 }
        if !hasSlot {
            work.full.wait()
            hasSlot = true
            offset = 0
        }
        let chunk = work.slots[slot]
        switch chunk.outcome {
        case .failure(let fault): throw fault
        case .success(0):
            isAtEnd = true
            return 0
        case .success(let count):
            let part = UnsafeRawBufferPointer(rebasing: chunk.buffer[offset..<min(count, offset + buffer.count)])
            buffer.copyMemory(from: part)
            offset += part.count
            if offset == count {
                hasSlot = false
                slot = (slot + 1) % work.slots.count
                work.free.signal()
            }
            return part.count
        }
    }

    private final class Chunk {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        var outcome: Result<Int, FileFault> = .success(0)

        deinit { buffer.deallocate() }
    }

    /// What the two threads share. The semaphores hand each chunk from one to the other; nobody touches a chunk that is not theirs.
    private final class Work: @unchecked Sendable {
        let source: any ByteSource
        let slots = (0..<4).map { _ in Chunk() }
        // Raised by hand: a semaphore must not be released below the value it was made with.
        let free = DispatchSemaphore(value: 0)
        let full = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        let isCancelled = Atomic(false)

        init(_ source: any ByteSource) {
            self.source = source
            for _ in slots { free.signal() }
        }

        func run() {
            var slot = 0
            var more = true
            while more {
                free.wait()
                if isCancelled.load(ordering: .relaxed) { break }
                let chunk = slots[slot]
                do throws(FileFault) {
                    let count = try source.read(into: chunk.buffer)
                    chunk.outcome = .success(count)
                    more = count > 0
                } catch {
                    chunk.outcome = .failure(error)
                    more = false
                }
                slot = (slot + 1) % slots.count
                full.signal()
            }
            done.signal()
        }
    }
}
