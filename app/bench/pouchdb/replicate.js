// Replicates the records of a file, a JSON object a line, from as many databases as there are units into one, serially, as a
// county would take in its stations; then once more. Prints seconds and the greatest resident memory.
//
//   node replicate.js RECORDS DIRECTORY
const fs = require('fs')
const path = require('path')
const readline = require('readline')
const PouchDB = require('pouchdb')

const [records, dir] = process.argv.slice(2)
const seconds = since => Number(process.hrtime.bigint() - since) / 1e9

async function main () {
  const units = new Map()
  for await (const line of readline.createInterface({ input: fs.createReadStream(records) })) {
    const doc = JSON.parse(line)
    doc._id = doc.core.id
    if (!units.has(doc.core.unit)) units.set(doc.core.unit, [])
    units.get(doc.core.unit).push(doc)
  }
  let total = 0
  for (const [unit, docs] of units) {
    const station = new PouchDB(path.join(dir, unit))
    await station.bulkDocs(docs)
    await station.close()
    total += docs.length
    units.set(unit, null)
  }
  const county = new PouchDB(path.join(dir, 'county'))
  const round = async () => {
    const begun = process.hrtime.bigint()
    for (const unit of units.keys()) {
      const station = new PouchDB(path.join(dir, unit))
      await PouchDB.replicate(station, county)
      await station.close()
    }
    return seconds(begun)
  }
  const fresh = await round()
  const { doc_count: arrived } = await county.info()
  if (arrived !== total) throw new Error(`${arrived} of ${total} arrived`)
  const again = await round()
  console.log(`PouchDB: ${units.size} stations, ${total} records: fresh ${fresh.toFixed(2)} s, again ${again.toFixed(2)} s, ` +
    `resident ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`)
}
main().catch(err => { console.error(err); process.exit(1) })
