using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hub.LoadBench.Load;

/// <summary>
/// A closed loop of keep-alive connections on one thread: ready-made bytes out, the least of an answer read back. It shares the
/// machine with the server under test, so it must cost little.
/// </summary>
internal sealed class HttpLoad(IPEndPoint target, WebhookRequest request, int connections, int expectedStatus)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private static long _lastId = Stopwatch.GetTimestamp();

    /// <summary>Sends until the time is over, then waits for the last answers. They count when they arrive after the warm-up.</summary>
    public Task<LoadResult> RunAsync(TimeSpan warmUp, TimeSpan time) =>
        Task.Factory.StartNew(() => Run(warmUp, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LoadResult Run(TimeSpan warmUp, TimeSpan time)
    {
        var all = Enumerable.Range(0, connections).Select(_ => new LoadConnection(target, request.Copy())).ToDictionary(connection => connection.Socket);
        var counted = new List<int>(1 << 16);
        var (refused, underWay) = (0, connections);
        var started = Stopwatch.GetTimestamp();
        try
        {
            foreach (var connection in all.Values)
            {
                connection.Send(++_lastId);
            }

            var ready = new List<Socket>(connections);
            while (underWay > 0)
            {
                ready.Clear();
                ready.AddRange(all.Keys);
                Socket.Select(ready, null, null, LongestAnswer);
                if (ready.Count == 0)
                {
                    throw new TimeoutException($"No answer within {LongestAnswer.TotalSeconds} s.");
                }

                var elapsed = Stopwatch.GetElapsedTime(started);
                foreach (var connection in ready.Select(socket => all[socket]))
                {
                    if (connection.Receive(out var micros) is not { } status)
                    {
                        continue;
                    }

                    if (status != expectedStatus)
                    {
                        refused++;
                    }
                    else if (elapsed >= warmUp)
                    {
                        counted.Add(micros);
                    }

                    if (elapsed < warmUp + time)
                    {
                        connection.Send(++_lastId);
                    }
                    else
                    {
                        underWay--;
                    }
                }
            }
        }
        finally
        {
            foreach (var connection in all.Values)
            {
                connection.Dispose();
            }
        }

        var counting = Stopwatch.GetElapsedTime(started) - warmUp;
        counted.Sort();
        return new LoadResult(counted.Count, refused, counting, counted);
    }
}
