// Asks questions of DuckDB, over a CSV and over a table made of it: node ask.js FOLDER FILE.csv < [[name, sql], …]
// FOLDER is the one in which @duckdb/node-api was installed. Of three times the median counts.
const { createRequire } = require('node:module')
const { readFileSync } = require('node:fs')
const { resolve } = require('node:path')
const [folder, file] = process.argv.slice(2).map(p => resolve(p))
const { DuckDBInstance } = createRequire(folder + '/')('@duckdb/node-api')

async function main () {
  const db = await DuckDBInstance.create(':memory:', { threads: '2' })
  const c = await db.connect()
  const took = async (name, sql) => {
    const times = []
    for (let i = 0; i < 3; i++) {
      const began = performance.now()
      await c.runAndReadAll(sql)
      times.push(performance.now() - began)
    }
    console.log(`${name} 3 ${Math.round(times.sort((a, b) => a - b)[1] * 1e6)} ns/op`)
  }
  const csv = `read_csv('${file.replaceAll("'", "''")}', all_varchar = true)`
  const columns = "SELECT * REPLACE (CAST(state AS INTEGER) AS state, TRY_CAST(redone AS INTEGER) AS redone)"
  const questions = JSON.parse(readFileSync(0, 'utf8'))
  const each = async (where, from) => {
    for (const [name, sql] of questions) {
      const day = sql.replaceAll("strftime('%Y-%W', occurred)", "strftime(CAST(occurred[:10] AS DATE), '%Y-%W')")
      await took(`${where}/${name.replaceAll(' ', '_')}`, day.replace('TABLE_OF_MATTERS', from))
    }
  }
  await each('over_the_csv', `(${columns} FROM ${csv})`)
  const began = performance.now()
  await c.run(`CREATE TABLE matters AS ${columns} FROM ${csv}`)
  console.log(`table_of_the_csv 1 ${Math.round((performance.now() - began) * 1e6)} ns/op`)
  await each('over_a_table', 'matters')
}
main().catch(why => { console.error(why); process.exit(1) })
